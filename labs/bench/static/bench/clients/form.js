// A form as browsers send it: the answer is the next page. What this page knows of the run is carried over to that one.
import { clickPartsNow } from "../clicks.js";
import { reportedBetween } from "../metrics.js";

const NEXT_PAGE_MS = 3000 // the longest wait for the next page's own entries
const SETTLE_MS = 150 // the largest paint is reported after the frame it is in

/** The browser sends the form itself, after the click's handlers. */
export const leaves = true

/** Send one run: note what is known when the page is left, under `key` in this tab's storage. */
export function send({ form, key, began, handled, byClick, stopMeter }) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "timed", value: "1" }))
  addEventListener("pagehide", () => {
    const left = performance.now()
    const known = { ...stopMeter(), ...reportedBetween(began, left), ...(byClick && clickPartsNow(handled)) }
    const clicked = performance.timeOrigin + began
    sessionStorage.setItem(key, JSON.stringify({ ...known, clicked, byClick, focus: document.activeElement?.id }))
  }, { once: true })
}

/** The other half, on the next page. Null when this page was not reached by the form. */
export async function arrive(key) {
  const left = JSON.parse(sessionStorage.getItem(key))
  sessionStorage.removeItem(key)
  const address = new URL(location.href)
  const run = address.searchParams.get("run")
  const [load] = performance.getEntriesByType("navigation")
  if (!run || !load.redirectCount) return null
  address.searchParams.delete("run")
  history.replaceState(null, "", address)
  const { clicked, focus, byClick, ...known } = left
  const paintedAt = (await entry("paint", "first-contentful-paint"))?.startTime
  await new Promise(resolve => setTimeout(resolve, SETTLE_MS))
  const measured = {
    ...known,
    before_sent_ms: Math.max(0, performance.timeOrigin + load.redirectStart - clicked),
    feedback_ms: paintedAt && Math.max(0, performance.timeOrigin + paintedAt - clicked),
    ttfb_ms: load.responseStart,
    lcp_ms: (await entry("largest-contentful-paint"))?.startTime,
  }
  return { run, focus, byClick, measured, sent: load.redirectStart, received: load.redirectEnd }
}

/** The last entry of a type, waited for; undefined when this browser has none. */
function entry(type, name) {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return undefined
  return new Promise(resolve => {
    new PerformanceObserver((list, observer) => {
      const found = list.getEntries().findLast(one => !name || one.name === name)
      if (found) {
        observer.disconnect()
        resolve(found)
      }
    }).observe({ type, buffered: true })
    setTimeout(resolve, NEXT_PAGE_MS)
  })
}
