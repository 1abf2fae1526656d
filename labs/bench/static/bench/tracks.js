// The run as five tracks in the learner's own Performance recording, by the DevTools extensibility API. Entries may be
// made afterwards, with times in the past, while a recording runs.
const GROUP = "Brokered"
const LEAST_MS = 0.1 // an entry without a length is on no track
const SEEN = { name: "feedback seen", colour: "primary" }
const takesDetail = typeof PerformanceMeasure === "function" && "detail" in PerformanceMeasure.prototype

/** Draw all spans of a run, and a marker where its feedback was seen. Spans count from when its request left. */
export function drawTracks(run) {
  if (run.sent_at_ms == null) return
  const sent = run.sent_at_ms - performance.timeOrigin
  const facts = factsOf(run)
  for (const span of run.spans) drawSpan(run, span, sent, facts)
  mark(run, sent + (run.feedback_ms ?? run.wait_ms), facts)
}

function drawSpan(run, span, sent, facts) {
  const name = `${run.condition}: ${span.lane}`
  const start = sent + span.start_ms
  const end = Math.max(sent + span.end_ms, start + LEAST_MS)
  // The page that sent a form is gone when the answer is there, and a measure cannot begin before its own page did.
  if (!takesDetail || start < 0) {
    console.timeStamp?.(name, start, end, span.track, GROUP, span.colour)
    return
  }
  performance.measure(name, {
    start,
    end,
    detail: {
      devtools: {
        dataType: "track-entry",
        trackGroup: GROUP,
        track: span.track,
        color: span.colour,
        tooltipText: `${name}, ${ms(span.end_ms - span.start_ms)}`,
        properties: [["from", ms(span.start_ms)], ["to", ms(span.end_ms)], ...facts],
      },
    },
  })
}

function mark(run, startTime, facts) {
  const name = `${run.condition}: ${SEEN.name}`
  if (!takesDetail || startTime < 0) {
    console.timeStamp?.(name, startTime, startTime, run.spans[0]?.track, GROUP, SEEN.colour)
    return
  }
  const devtools = { dataType: "marker", color: SEEN.colour, tooltipText: name, properties: facts }
  performance.mark(name, { startTime, detail: { devtools } })
}

function factsOf(run) {
  const length = lane => {
    const span = run.spans.find(one => one.lane === lane)
    return span ? ms(span.end_ms - span.start_ms) : "none"
  }
  return [["run", run.run], ["queue wait", length("redis")], ["mail wait", length("mail")]]
}

const ms = value => `${value.toFixed(1)} ms`
