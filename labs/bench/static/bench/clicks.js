// How long each click took until the next frame was painted: what INP is made of. Chromium and Firefox report it.
// The package web-vitals (vitals.js) counts INP as one value for the whole visit, the worst interaction so far, and says
// nothing of a later click that was quicker. A run needs the duration of its own click.
const THRESHOLD_MS = 16 // the least that Event Timing reports; a shorter event has no entry
const REPORT_WITHIN_MS = 100 // entries come after the next paint, in a task of their own
const supported = PerformanceObserver.supportedEntryTypes.includes("event")
const seen = []
let observer = null
let newest = 0

/** Start watching; events before this are not lost, the browser keeps a buffer. */
export function watchClicks() {
  if (observer || !supported) return
  observer = new PerformanceObserver(list => keep(list.getEntries()))
  observer.observe({ type: "event", durationThreshold: THRESHOLD_MS, buffered: true })
}

addEventListener("click", event => { if (event.isTrusted) newest = event.timeStamp }, { capture: true })

/** When the newest click was made (performance.now), by the browser's own stamp. */
export const newestClick = () => newest

/**
 * The duration in ms of the click handled at `handled` (performance.now), with the longest delay and processing of
 * its events (press, release, click), once the browser has had time to report them.
 */
export async function clickParts(handled) {
  await new Promise(resolve => setTimeout(resolve, REPORT_WITHIN_MS))
  return clickPartsNow(handled)
}

/** The same, of what has been reported by now. All null when the browser reported nothing. */
export function clickPartsNow(handled) {
  if (observer) keep(observer.takeRecords())
  const its = seen.filter(entry => entry.startTime <= handled && handled <= entry.startTime + entry.duration + THRESHOLD_MS)
  const longest = read => (its.length ? Math.max(...its.map(read)) : null)
  return {
    event_ms: longest(entry => entry.duration),
    input_delay_ms: longest(entry => entry.processingStart - entry.startTime),
    processing_ms: longest(entry => entry.processingEnd - entry.processingStart),
  }
}

/** Does this browser report event durations at all? */
export const reportsClicks = () => supported

const keep = entries => seen.push(...entries.filter(entry => entry.interactionId))
