// The Web Vitals of this whole visit, counted by Google's own library, as an analytics service would report them. Loaded
// when somebody asks for them. They stand beside the figures of single clicks: INP is one value for all clicks together.
import { onCLS, onINP, onLCP, onTTFB } from "./vendor/web-vitals-6.2.3/web-vitals.js";

const VITALS = [
  { name: "INP", watch: onINP, type: "event", means: "the slowest interaction of this visit until now" },
  { name: "LCP", watch: onLCP, type: "largest-contentful-paint", means: "when the largest element was painted" },
  { name: "TTFB", watch: onTTFB, type: "navigation", means: "when the first byte of this page came" },
  { name: "CLS", watch: onCLS, type: "layout-shift", means: "how far things jumped that nobody had asked to move" },
]
const RATINGS = { good: "good", "needs-improvement": "needs improvement", poor: "poor" }

/** Fill `place` with a table that stays up to date; once for each page. `root` tells of each run when it is over. */
export function showVitals(root, place) {
  if (place.querySelector("table")) return
  const table = place.appendChild(document.createElement("table"))
  table.createCaption().textContent = "This visit’s Web Vitals, and your last click beside them"
  headOf(table)
  const body = table.createTBody()
  for (const vital of VITALS) follow(vital, rowOf(body, vital.name, vital.means))
  const last = rowOf(body, "Last click", "event duration of that click alone")
  last.value.textContent = "none since you asked"
  root.addEventListener("brokered:ran", ({ detail }) => { last.value.textContent = inMs(detail.event_ms) ?? "not a click, or under 16 ms" })
}

function follow({ watch, type, name }, row) {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) {
    row.value.textContent = "your browser does not report this"
    return
  }
  row.value.textContent = "nothing yet"
  watch(({ value, rating }) => {
    row.value.textContent = name === "CLS" ? value.toFixed(3) : inMs(value)
    row.rating.textContent = RATINGS[rating]
  }, { reportAllChanges: true })
}

function headOf(table) {
  const row = table.createTHead().insertRow()
  for (const title of ["Figure", "Value", "Google’s rating", "What it is"]) {
    const cell = row.appendChild(document.createElement("th"))
    cell.scope = "col"
    cell.textContent = title
  }
}

function rowOf(body, name, means) {
  const row = body.insertRow()
  const head = row.appendChild(document.createElement("th"))
  head.scope = "row"
  head.textContent = name
  const value = row.insertCell(), rating = row.insertCell()
  row.insertCell().textContent = means
  return { value, rating }
}

const inMs = value => (value === null || value === undefined ? null : `${Math.round(value)} ms`)
