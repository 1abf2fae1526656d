// Evaluated in the page that a form's post led to: its own load, and what the page before it left behind.
async () => {
  const largest = []
  new PerformanceObserver(list => largest.push(...list.getEntries())).observe({ type: "largest-contentful-paint", buffered: true })
  if (document.readyState !== "complete") await new Promise(resolve => addEventListener("load", resolve))
  await new Promise(resolve => setTimeout(resolve, 300))
  const [load] = performance.getEntriesByType("navigation")
  const fcp = performance.getEntriesByName("first-contentful-paint")[0].startTime
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
