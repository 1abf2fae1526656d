// One timed run: asked for in the way that the button names (clients/), in line while others measure, measured here, and
// told to the server. A synchronous way of asking must be reached inside the click, so nothing is awaited before it.
import { clickParts, newestClick, reportsClicks } from "./clicks.js";
import * as plain from "./clients/fetch.js";
import { agreedClock } from "./clock.js";
import { painted, reported, reportedBetween, startMeter, untilSeen } from "./metrics.js";
import { say, showRefusal } from "./saying.js";

const PATIENCE_MS = 20_000
const JITTER = 0.25 // so that those who stand in line do not ask all at once
const LEFT_KEY = "brokered-left"
const OTHERS = {
  form: () => import("./clients/form.js"),
  optimistic: () => import("./clients/optimistic.js"),
  swap: () => import("./clients/swap.js"),
  xhr: () => import("./clients/xhr.js"),
}

/** Load the ways of asking that this page has buttons for. `fetch` is always there. */
export async function loadClients(lab) {
  lab.clients = { fetch: plain }
  const names = new Set([...lab.form.querySelectorAll("[data-condition]")].map(clientName))
  await Promise.all([...names].filter(name => OTHERS[name]).map(async name => { lab.clients[name] = await OTHERS[name]() }))
}

/** How this button asks; undefined while that is still loading. */
export const clientOf = (lab, button) => lab.clients[clientName(button)]

const clientName = button => button.dataset.client || "fetch"

/** One run. `byClick`: a person's click started it. Its state, or null when the server refused; the page says why. */
export async function timedRun(lab, button, byClick) {
  const handled = performance.now()
  let began = byClick ? Math.min(newestClick() || handled, handled) : handled
  for (;;) {
    if (document.hidden) {
      say(lab, "This tab is in the background, where browsers slow pages down. The run starts when you look again.")
      await untilSeen()
      byClick = false
      began = performance.now()
    }
    const stopMeter = startMeter(began)
    const run = await clientOf(lab, button).send(request(lab, button, performance.now() - handled > PATIENCE_MS))
    if (run.ok) return keep(lab, run, { began, handled, byClick, stopMeter })
    stopMeter()
    if (!run.answer.in_line) {
      showRefusal(lab, run.answer)
      return null
    }
    say(lab, run.answer.said)
    await pause(run.answer.again_ms * (1 - JITTER + 2 * JITTER * Math.random()))
    byClick = false
    began = performance.now()
  }
}

/** Note a run that the browser is about to send by leaving the page. */
export function leave(lab, button) {
  const handled = performance.now()
  const began = Math.min(newestClick() || handled, handled)
  clientOf(lab, button).send({ form: lab.form, key: LEFT_KEY, began, handled, byClick: true, stopMeter: startMeter(began) })
}

/** The other half of a run that led to this page; its state. Null when none did. */
export async function arrivedRun(lab) {
  if (!kept()) return null
  const run = await (await OTHERS.form()).arrive(LEFT_KEY)
  if (!run) return null
  document.getElementById(run.focus)?.focus({ preventScroll: true })
  return tell(lab, new URL(`runs/${run.run}/browser/`, location.origin + location.pathname), run)
}

function request(lab, button, isImpatient) {
  const body = new FormData(lab.form)
  if (isImpatient) body.set("anyway", "1")
  const place = () => lab.root.querySelector("[data-feedback]")
  const show = waitMs => {
    if (place()) place().textContent = place().dataset.feedback
    else say(lab, `${Math.round(waitMs)} ms.`)
    return painted()
  }
  const takeBack = () => { if (place()) place().textContent = "" }
  return { address: button.formAction, body, place, show, takeBack, painted }
}

async function keep(lab, { sent, received, answer, painted: seen }, { began, handled, byClick, stopMeter }) {
  const seenAt = await seen
  const measured = {
    ...stopMeter(),
    ...(byClick && await clickParts(handled)),
    ...reportedBetween(began, Math.max(received, seenAt ?? 0)),
    before_sent_ms: Math.max(0, sent - began),
    feedback_ms: seenAt && seenAt - began,
  }
  return tell(lab, answer.browser_side, { sent, received, byClick, measured })
}

async function tell(lab, address, { sent, received, byClick, measured }) {
  const clock = await agreedClock()
  const body = new FormData()
  const all = {
    ...measured,
    csrfmiddlewaretoken: new FormData(lab.form).get("csrfmiddlewaretoken"),
    sent: (performance.timeOrigin + sent) / 1000,
    received: (performance.timeOrigin + received) / 1000,
    reports_clicks: byClick && reportsClicks() ? "1" : "",
    reports: reported.join(","),
    clock_offset_s: clock?.offsetS,
    clock_error_s: clock?.errorS,
  }
  for (const [name, value] of Object.entries(all)) body.set(name, value ?? "")
  const response = await fetch(address, { method: "POST", body })
  const state = await response.json()
  if (!response.ok) throw new Error(state.error)
  return state
}

const kept = () => { try { return sessionStorage.getItem(LEFT_KEY) } catch { return null } }
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
