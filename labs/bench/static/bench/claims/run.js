// One run of a claim, timed in the reader's browser: asked for in the arm's own way, told to the server, and waited for.
import { newestClick } from "../clicks.js";
import * as fetchClient from "../clients/fetch.js";
import * as optimistic from "../clients/optimistic.js";
import * as swap from "../clients/swap.js";
import * as xhr from "../clients/xhr.js";
import { painted, startMeter } from "../metrics.js";
import { browserFigures, serverFigures } from "./figures.js";

const CLIENTS = { fetch: fetchClient, optimistic, swap, xhr }
const LOOK_MS = { first: 120, most: 1000 }
const PATIENCE_MS = 4000 // how long a run that nobody works on is waited for before the page goes on without it

/** Its figures, or the server's refusal: { ok, figures } or { ok: false, answer }. Up to the request nothing is awaited. */
export async function timed(page, arm, byClick) {
  const handled = performance.now()
  const began = byClick ? Math.min(newestClick() || handled, handled) : handled
  const place = () => page.part("answer").firstElementChild
  place().textContent = "\u00a0"
  const countMutations = watchMutations(page.part("answer"))
  const stopMeter = startMeter(began)
  const show = () => {
    place().textContent = "Sent."
    return painted()
  }
  const address = runAddress(page, arm)
  const takeBack = () => { place().textContent = "" }
  const run = await CLIENTS[arm.client].send({ address, body: new FormData(page.form), place, show, takeBack, painted })
  const seenAt = await run.painted
  const meter = stopMeter()
  const mutations = countMutations()
  if (!run.ok) return run
  const known = await browserFigures({ ...run, began, handled, byClick, seenAt, meter, mutations, address })
  const state = await untilDone(page, await tell(page, run.answer.browser_side, run))
  return { ok: true, figures: { ...known, ...serverFigures(state, known, run.sent - began), interrupted: meter.interrupted } }
}

/** Where a run of this arm is asked for. */
export const runAddress = (page, arm) => new URL(`${page.lab}run/${arm.condition}`, location.href).href

/** Tell the run when this browser sent its request and had the answer, which joins the clocks. Its state. */
export async function tell(page, address, { sent, received }) {
  const body = new FormData()
  body.set("csrfmiddlewaretoken", page.form.elements.csrfmiddlewaretoken.value)
  body.set("sent", (performance.timeOrigin + sent) / 1000)
  body.set("received", (performance.timeOrigin + received) / 1000)
  const response = await fetch(address, { method: "POST", body })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return response.json()
}

/** Until the mail has arrived, or somebody is missing who should work on it: then the page says who, and goes on. */
export async function untilDone(page, state) {
  const since = performance.now()
  const isOver = () => state.final && (state.phase === "failed" || state.moments.some(moment => moment.lane === "mail"))
  for (let wait = LOOK_MS.first; !isOver() && performance.now() - since < PATIENCE_MS && !page.stopped; wait = Math.min(wait * 1.3, LOOK_MS.most)) {
    await pause(wait)
    const answer = await fetch(state.data).catch(() => null)
    if (answer?.ok) state = await answer.json()
    if (state.note) page.say(state.note)
  }
  if (state.note) page.notes.add(state.note)
  return state
}

function watchMutations(place) {
  let count = 0
  const observer = new MutationObserver(records => { count += records.length })
  observer.observe(place, { subtree: true, childList: true, characterData: true })
  return () => {
    count += observer.takeRecords().length
    observer.disconnect()
    return count
  }
}

export const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
