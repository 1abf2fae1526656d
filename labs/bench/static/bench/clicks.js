// How long each click took until the next frame was painted: what INP is made of. Chromium and Firefox report it.
const THRESHOLD_MS = 16 // the least that Event Timing reports; a shorter event has no entry
const REPORT_WITHIN_MS = 100 // entries come after the next paint, in a task of their own
const supported = PerformanceObserver.supportedEntryTypes.includes("event")
const seen = []

/** Start watching; events before this are not lost, the browser keeps a buffer. */
export function watchClicks() {
  if (!supported || seen.observer) return
  seen.observer = new PerformanceObserver(list => seen.push(...list.getEntries().filter(entry => entry.interactionId)))
  seen.observer.observe({ type: "event", durationThreshold: THRESHOLD_MS, buffered: true })
}

/** The duration in ms of the click handled at `handled` (performance.now), null when the browser reported none. */
export async function clickDuration(handled) {
  if (!supported) return null
  await new Promise(resolve => setTimeout(resolve, REPORT_WITHIN_MS))
  const its = seen.filter(entry => entry.startTime <= handled && handled <= entry.startTime + entry.duration + THRESHOLD_MS)
  return its.length ? Math.max(...its.map(entry => entry.duration)) : null
}

/** Does this browser report event durations at all? */
export const reportsClicks = () => supported
