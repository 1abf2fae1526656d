// What one click did, in the browser's own measurements. Times are in ms, counted from the click where not said otherwise.
const asked = new URLSearchParams(location.search)
const SETTLE_MS = 200 // entries come after the next paint, in a task of their own
const PATIENCE_MS = 20_000 // then something is broken, and waiting longer would hide it
const LEAST_EVENT_MS = 16 // the least that Event Timing can be asked for

export const form = document.querySelector("form")
export const click = { at: null, answer: null, sent: null, received: null }

const place = document.querySelector("#answer")
const seen = { events: [], longTasks: [], frames: [], mutations: 0, painted: null }
let tellPainted, tellAnswered
const painted = new Promise(resolve => { tellPainted = resolve })
const answered = new Promise(resolve => { tellAnswered = resolve })

/** The answer's text, where the page shows it. */
export function show(text) {
  place.textContent = text
}

/** Post the form with fetch; the answer is JSON. */
export async function post() {
  click.sent = performance.now()
  const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
  click.answer = await response.json()
  click.received = performance.now()
  tellAnswered()
}

/** Resolves once the form can be sent and the observers watch. */
export const ready = prepare()

async function prepare() {
  const { csrf } = await (await fetch("/me.json")).json()
  form.elements.csrfmiddlewaretoken.value = csrf
  form.elements.mail_wait_ms.value = asked.get("mail_wait_ms")
  form.action = `/labs/email-in-request/run/${asked.get("condition")}`
  if (form.matches("[hx-target]")) {
    form.setAttribute("hx-post", form.action)
    window.htmx.process(form)
  }
  document.addEventListener("click", event => { click.at = event.timeStamp }, { capture: true, once: true })
  if (!asked.has("quiet")) watch()
  watchPaint()
  await pause(SETTLE_MS)
}

const flushes = []

function observe(type, keep, options = {}) {
  const observer = new PerformanceObserver(list => keep(list.getEntries()))
  observer.observe({ type, buffered: true, ...options })
  flushes.push(() => keep(observer.takeRecords()))
}

function watch() {
  observe("event", entries => seen.events.push(...entries), { durationThreshold: LEAST_EVENT_MS })
  observe("first-input", entries => seen.events.push(...entries))
  observe("longtask", entries => seen.longTasks.push(...entries))
  new MutationObserver(records => { if (click.at !== null && seen.painted === null) seen.mutations += records.length })
    .observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  requestAnimationFrame(function frame(at) {
    seen.frames.push(at)
    requestAnimationFrame(frame)
  })
  addEventListener("pagehide", keepForNextPage)
}

function watchPaint() {
  observe("element", entries => {
    const its = entries.find(entry => entry.identifier === "answer")
    if (!its) return
    seen.painted = its.renderTime
    performance.mark("painted")
    tellPainted()
  })
}

/** Everything about the click, once the answer is here and its text is painted. */
export async function report() {
  await inTime(painted, "its text was never painted")
  if (click.sent !== null) await inTime(answered, "its answer never came")
  await pause(SETTLE_MS)
  return { ...measured(seen.painted), final_text_ms: seen.painted - click.at, dom_operations: seen.mutations, ...request() }
}

function measured(until) {
  for (const flush of flushes) flush()
  const its = seen.events.filter(entry => entry.interactionId || entry.entryType === "first-input")
  const clicks = its.filter(entry => entry.name === "click")
  const long = seen.longTasks.filter(task => task.startTime < until && task.startTime + task.duration > click.at)
  return {
    inp_ms: longest(its.map(entry => entry.duration)),
    processing_ms: longest(clicks.map(entry => entry.processingEnd - entry.processingStart)),
    handler_start_ms: clicks.length ? clicks[0].processingStart - click.at : null,
    long_task_ms: longest(long.map(task => task.duration)),
    freeze_ms: longestGap(until),
  }
}

function longestGap(until) {
  let worst = null
  for (let i = 1; i < seen.frames.length; i++) {
    const [from, to] = [seen.frames[i - 1], seen.frames[i]]
    if (to > click.at && from < until) worst = Math.max(worst, to - from)
  }
  return worst
}

function request() {
  const entry = performance.getEntriesByType("resource").findLast(one => one.name === form.action)
  const server = Object.fromEntries(entry.serverTiming.map(one => [one.name, one.duration]))
  return {
    waiting_ms: entry.responseStart - entry.requestStart,
    mail_ms: server.mail ?? null,
    publish_ms: server.publish ?? null,
    answer: click.answer ?? JSON.parse(place.textContent),
    sent_ms: click.sent === null ? null : click.sent - click.at,
    sent_s: (performance.timeOrigin + click.sent) / 1000,
    received_s: (performance.timeOrigin + click.received) / 1000,
  }
}

/** The page is being left: what is known now goes to the next one. */
function keepForNextPage() {
  const now = performance.now()
  seen.frames.push(now)
  const clicked_at = performance.timeOrigin + click.at
  sessionStorage.setItem("left", JSON.stringify({ ...measured(now), clicked_at }))
}

function inTime(promise, what) {
  return Promise.race([promise, pause(PATIENCE_MS).then(() => { throw new Error(`The page was clicked, and ${what}.`) })])
}

const longest = values => (values.length ? Math.max(...values) : null)
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
