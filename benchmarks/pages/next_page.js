// Evaluated in the page that a form's post led to: its own load, and what the page before it left behind.
async () => {
  const PATIENCE_MS = 20_000 // then something is broken, and waiting longer would hide it
  const SETTLE_MS = 300 // larger paints may follow the first
  const seen = (type, isIt, keep) => new Promise((resolve, reject) => {
    const look = list => {
      const its = list.getEntries().filter(isIt)
      keep?.push(...its)
      if (its.length) resolve(its[0])
    }
    new PerformanceObserver(look).observe({ type, buffered: true })
    setTimeout(() => reject(new Error(`The next page has reported no ${type}.`)), PATIENCE_MS)
  })
  const largest = []
  const [{ startTime: fcp }] = await Promise.all([
    seen("paint", entry => entry.name === "first-contentful-paint"),
    seen("largest-contentful-paint", () => true, largest),
  ])
  if (document.readyState !== "complete") await new Promise(resolve => addEventListener("load", resolve))
  await new Promise(resolve => setTimeout(resolve, SETTLE_MS))
  const [load] = performance.getEntriesByType("navigation")
  const { clicked_at, ...left } = JSON.parse(sessionStorage.getItem("left"))
  return {
    ...left,
    ttfb_ms: load.responseStart,
    post_ms: load.redirectEnd - load.redirectStart,
    fcp_ms: fcp,
    lcp_ms: largest.at(-1).startTime,
    final_text_ms: performance.timeOrigin + fcp - clicked_at,
    run: document.body.innerHTML.match(/runs\/([\w-]+)\//)?.[1] ?? null,
  }
}
