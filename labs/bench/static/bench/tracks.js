// The run as five tracks in the learner's own Performance recording, by the DevTools extensibility API.
const GROUP = "Brokered"

/** Draw all spans of a run. `sent` is when its request left (performance.now); spans count from there. */
export function drawTracks(run, sent) {
  for (const span of run.spans) {
    performance.measure(`${run.condition}: ${span.lane}`, {
      start: Math.max(0, sent + span.start_ms),
      end: Math.max(0, sent + span.end_ms),
      detail: {
        devtools: {
          dataType: "track-entry",
          trackGroup: GROUP,
          track: span.track,
          color: span.colour,
          tooltipText: `${run.condition}: ${(span.end_ms - span.start_ms).toFixed(1)} ms`,
          properties: [["run", run.run], ["from", `${span.start_ms} ms`], ["to", `${span.end_ms} ms`]],
        },
      },
    })
  }
}
