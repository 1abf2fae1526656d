// "Measure here": the claim's two arms in mixed order against this site's real endpoints, in the reader's own browser.
// The figures stay on this page. Some of them a browser reports for a person's own click only: then each run is one.
import { newestClick, watchClicks } from "../clicks.js";
import * as fetchClient from "../clients/fetch.js";
import * as optimistic from "../clients/optimistic.js";
import * as xhr from "../clients/xhr.js";
import { painted, startMeter, untilSeen, watchPage } from "../metrics.js";
import { shuffled } from "../shuffled.js";
import { browserFigures, serverFigures } from "./figures.js";
import { holds, printed, spreadOf } from "./verdict.js";

const CLIENTS = { fetch: fetchClient, optimistic, xhr }
const LOOK_MS = { first: 120, most: 1000 }
const IN_LINE_MS = 300
const PATIENCE_MS = 4000 // how long a run that nobody works on is waited for before the page goes on without it

/** Bring the form of one claim to life. */
export function start(form) {
  watchClicks()
  watchPage()
  const page = { form, claim: JSON.parse(form.querySelector("#claim-data").textContent), part: name => form.querySelector(`[data-${name}]`) }
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (form.hasAttribute("data-busy") || !form.reportValidity()) return
    measure(page).catch(error => stop(page, `The measurement did not finish: ${error.message}. Press again.`))
  })
  page.part("stop").addEventListener("click", () => { page.stopped = true })
  form.dataset.ready = ""
}

/** All runs, or with claims by hand the next one. Nothing is awaited between the click and a synchronous request. */
async function measure(page) {
  if (!page.left?.length) begin(page)
  busy(page, true)
  do {
    const arm = page.left[0]
    const figures = await oneRun(page, arm, page.claim.by_hand)
    if (!figures) return
    page.found[arm.slug].push(figures[arm.figure])
    page.left.shift()
    progress(page)
  } while (page.left.length && !page.claim.by_hand && !page.stopped)
  finish(page)
}

function begin(page) {
  const { arms, n } = page.claim
  page.left = shuffled(arms.flatMap(arm => Array(n).fill(arm)))
  page.total = page.left.length
  page.found = Object.fromEntries(arms.map(arm => [arm.slug, []]))
  page.stopped = false
  page.notes = new Set()
}

/** The figures of one run, or null when the server refused it; the page then says why. */
async function oneRun(page, arm, byClick) {
  for (;;) {
    if (document.hidden) {
      say(page, "This tab is in the background, where browsers slow pages down. It goes on when you look again.")
      await untilSeen()
      byClick = false
    }
    const run = await timed(page, arm, byClick)
    if (run.ok && !run.figures.interrupted) return run.figures
    if (run.ok) continue
    if (!run.answer.in_line) return refuse(page, run.answer)
    say(page, "In line: others are measuring. Yours starts as soon as a place is free.")
    await pause(IN_LINE_MS)
    byClick = false
  }
}

async function timed(page, arm, byClick) {
  const handled = performance.now()
  const began = byClick ? Math.min(newestClick() || handled, handled) : handled
  const answerPlace = page.part("answer")
  answerPlace.textContent = "\u00a0"
  let mutations = 0
  const observer = new MutationObserver(records => { mutations += records.length })
  observer.observe(answerPlace, { subtree: true, childList: true, characterData: true })
  observer.takeRecords()
  const stopMeter = startMeter(began)
  const show = () => {
    answerPlace.textContent = "Sent."
    return painted()
  }
  const address = new URL(`${page.form.action}run/${arm.condition}`, location.href).href
  const takeBack = () => { answerPlace.textContent = "" }
  const run = await CLIENTS[arm.client].send({ address, body: new FormData(page.form), show, takeBack })
  const seenAt = await run.painted
  const meter = stopMeter()
  observer.disconnect()
  if (!run.ok) return run
  const known = await browserFigures({ ...run, began, handled, byClick, seenAt, meter, mutations, address })
  const state = await untilDone(page, await tell(page, run))
  const sentAfter = run.sent - began
  return { ok: true, figures: { ...known, ...serverFigures(state, known, sentAfter), interrupted: meter.interrupted } }
}

/** Tell the run when this browser sent its request and had the answer, which joins the clocks. */
async function tell(page, run) {
  const body = new FormData()
  body.set("csrfmiddlewaretoken", page.form.elements.csrfmiddlewaretoken.value)
  body.set("sent", (performance.timeOrigin + run.sent) / 1000)
  body.set("received", (performance.timeOrigin + run.received) / 1000)
  const response = await fetch(run.answer.browser_side, { method: "POST", body })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return response.json()
}

/** Until the mail has arrived, or somebody is missing who should work on it: then the page says who, and goes on. */
async function untilDone(page, state) {
  const since = performance.now()
  const isOver = () => state.final && (state.phase === "failed" || state.moments.some(moment => moment.lane === "mail"))
  for (let wait = LOOK_MS.first; !isOver() && performance.now() - since < PATIENCE_MS && !page.stopped; wait = Math.min(wait * 1.3, LOOK_MS.most)) {
    await pause(wait)
    const answer = await fetch(state.data).catch(() => null)
    if (answer?.ok) state = await answer.json()
    if (state.note) say(page, state.note)
  }
  if (state.note) page.notes.add(state.note)
  return state
}

function refuse(page, answer) {
  const words = answer.reason ?? Object.values(answer.problems ?? {}).join(" ")
  if (answer.html) page.part("trouble").innerHTML = answer.html
  stop(page, words || "The run was not made. Nothing is lost; press again when the part is back.")
  return null
}

function progress(page) {
  const made = page.total - page.left.length
  page.part("progress").value = made / page.total
  say(page, `${made} of ${page.total} runs made.`)
}

function finish(page) {
  const { arms, must, by_hand } = page.claim
  const spreads = Object.fromEntries(arms.map(arm => [arm.slug, spreadOf(page.found[arm.slug], arm.unreported)]))
  const made = page.total - page.left.length
  const isOver = !page.left.length || page.stopped
  if (isOver || by_hand) show(page, arms, spreads, isOver ? holds(must, spreads) : null, isOver)
  if (page.stopped) say(page, `Stopped after ${made} of ${page.total} runs. What was measured stands here.`)
  page.part("answer").textContent = ""
  page.part("button").textContent = by_hand ? `Click for run ${isOver ? 1 : made + 1}` : "Measure again"
  if (page.stopped) page.left = []
  busy(page, false)
}

function show(page, arms, spreads, verdict, isOver) {
  const yours = page.part("yours")
  const rows = arms.map(arm => row(arm.label, spreads[arm.slug], arm.unit))
  const words = { true: "It holds here too.", false: "It does not hold in these runs. Few runs can mislead: measure again.", null: "Too few runs had this figure to say whether it holds." }
  const verdictLine = element("p", {}, element("strong", {}, isOver ? words[verdict] : "Not decided yet: go on clicking."))
  yours.replaceChildren(element("h3", {}, "Yours, in this browser"), ...rows, verdictLine, ...[...page.notes].map(note => element("p", { className: "err" }, note)))
  yours.hidden = false
}

function row(label, spread, unit) {
  if (!spread) return element("p", {}, `${label}: `, element("span", { className: "soft" }, "not reported"))
  const { median, low, high, n } = spread
  return element("p", {}, `${label}: `, element("strong", {}, printed(median, unit)), ` (${printed(low)} to ${printed(high, unit)}, n ${n})`)
}

function stop(page, words) {
  page.left = []
  say(page, words)
  busy(page, false)
}

function busy(page, is) {
  page.form.toggleAttribute("data-busy", is)
  page.part("stop").hidden = !is || page.claim.by_hand
  page.part("progress").hidden = !is && !page.left?.length
  page.form.querySelector("button").setAttribute("aria-disabled", is)
  if (is) page.part("trouble").replaceChildren()
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

function say(page, text) {
  const status = page.part("status")
  if (status.textContent !== text) status.textContent = text
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
