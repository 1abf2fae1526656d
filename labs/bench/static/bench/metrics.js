// What one run did to the page: how long it stood between two frames, which every browser can be asked, and what some
// browsers report by themselves: long tasks, long animation frames, the paint that a click caused.
const WATCHED = ["longtask", "long-animation-frame", "interaction-contentful-paint"]
const SLEPT_MS = 2000 // a page's clock and the wall's drift apart by milliseconds, unless the machine slept
const STOOD_MS = 10_000 // no request of a lab holds a page this long
const SAME_CLICK_MS = 50
const seen = Object.fromEntries(WATCHED.map(type => [type, []]))
const observers = []

/** The kinds of entries that this browser reports, of those that a run wants. */
export const reported = ["event", ...WATCHED, "largest-contentful-paint"].filter(isReported)

/** Start watching; what came before is not lost, the browser keeps a buffer. */
export function watchPage() {
  if (observers.length) return
  for (const type of WATCHED.filter(isReported)) {
    const observer = new PerformanceObserver(list => seen[type].push(...list.getEntries()))
    observer.observe({ type, buffered: true })
    observers.push([type, observer])
  }
}

/**
 * Begin to measure a run at `from` (performance.now). The function returned ends it: longest gap between two frames in
 * ms, and whether the run was interrupted ("hidden": the tab was in the background, "slept": the machine slept).
 */
export function startMeter(from) {
  const stopFrames = meterFrames(from)
  const stopWatching = watchInterruptions()
  return () => {
    const frame_gap_ms = stopFrames()
    return { frame_gap_ms, interrupted: stopWatching(frame_gap_ms) }
  }
}

/** What the browser reported of its main thread between two moments (performance.now), in ms; undefined: nothing. */
export function reportedBetween(from, until) {
  for (const [type, observer] of observers) seen[type].push(...observer.takeRecords())
  const during = type => seen[type].filter(entry => entry.startTime < until && entry.startTime + entry.duration > from)
  const caused = seen["interaction-contentful-paint"].filter(entry => Math.abs(entry.startTime - from) < SAME_CLICK_MS)
  const frames = during("long-animation-frame")
  return {
    long_task_ms: longest(during("longtask").map(entry => entry.duration)),
    long_frame_ms: longest(frames.map(entry => entry.duration)),
    blocking_ms: longest(frames.map(entry => entry.blockingDuration)),
    icp_ms: longest(caused.map(entry => entry.duration)),
  }
}

/** When what stands on the page now has been painted (performance.now); null when nobody looks at the tab. */
export function painted() {
  return new Promise(resolve => {
    if (document.hidden) return resolve(null)
    document.addEventListener("visibilitychange", () => resolve(null), { once: true })
    requestAnimationFrame(() => afterThisFrame(() => resolve(performance.now())))
  })
}

/** Resolves once somebody looks at the tab. */
export function untilSeen() {
  return new Promise(resolve => {
    document.addEventListener("visibilitychange", function look() {
      if (document.hidden) return
      document.removeEventListener("visibilitychange", look)
      resolve()
    })
  })
}

function meterFrames(from) {
  let last = from, gap = 0, goes = true
  const count = () => {
    const now = performance.now()
    gap = Math.max(gap, now - last)
    last = now
  }
  requestAnimationFrame(function frame() {
    if (!goes) return
    count()
    requestAnimationFrame(frame)
  })
  return () => {
    if (goes) count()
    goes = false
    return gap
  }
}

function watchInterruptions() {
  const began = { wall: Date.now(), page: performance.now() }
  let hidden = document.hidden
  const note = () => { hidden ||= document.hidden }
  document.addEventListener("visibilitychange", note)
  return gapMs => {
    document.removeEventListener("visibilitychange", note)
    const apartMs = Math.abs(Date.now() - began.wall - (performance.now() - began.page))
    if (apartMs > SLEPT_MS || (!hidden && gapMs > STOOD_MS)) return "slept"
    return hidden ? "hidden" : ""
  }
}

/** The frame is painted before the next task; a message is one, and no browser delays it. */
function afterThisFrame(call) {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = call
  port2.postMessage(null)
}

function isReported(type) {
  return PerformanceObserver.supportedEntryTypes.includes(type)
}

const longest = values => (values.length ? Math.max(...values) : undefined)
