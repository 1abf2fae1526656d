// A lab or the home page comes to life: the two buttons are timed here, in the learner's own browser,
// and the measured parts of the page are asked for again. Without this module the same buttons work as a plain form.
import { watchClicks } from "./clicks.js";
import { watchClock } from "./clock.js";
import { freshenParts } from "./fresh_parts.js";
import { watchPage } from "./metrics.js";
import { clearProblems, say, setBusy } from "./saying.js";
import { shuffled } from "./shuffled.js";
import { start as enlivenFigures } from "./spans.js";
import { dragPredictions, showEverything } from "./stages.js";
import { arrivedRun, clientOf, leave, loadClients, timedRun } from "./timed.js";
import { drawTracks } from "./tracks.js";

const LOOK_MS = { first: 120, most: 1000 }

/** Bring one experiment to life. `root` holds a form[data-run-form] with one submit button per condition. */
export function start(root) {
  dragPredictions(root)
  showEverything(root)
  const form = root.querySelector("[data-run-form]")
  watchClicks()
  watchPage()
  watchClock(root, () => form.hasAttribute("data-busy"))
  enlivenFigures(root)
  const lab = { root, form, stopped: false }
  const loaded = loadClients(lab)
  form.addEventListener("submit", event => submitted(lab, event))
  addEventListener("pageshow", event => { if (event.persisted) setBusy(lab, false) })
  root.addEventListener("submit", event => {
    if (!event.target.matches("form[data-in-place]")) return
    event.preventDefault()
    import("./in_place.js").then(module => module.send(event.target, event.submitter))
  })
  root.addEventListener("click", event => {
    if (event.target.closest("[data-repeat]")) repeat(lab)
    if (event.target.closest("[data-stop]")) lab.stopped = true
    if (event.target.closest("[data-show-vitals]")) import("./vitals.js").then(module => module.showVitals(root, root.querySelector("[data-vitals]")))
  })
  loaded.then(() => prepare(lab)).catch(error => say(lab, `Reload the page, it is not complete: ${error.message}.`))
}

/** What a page needs only for some labs, and the second half of a run that led here by leaving another page. */
async function prepare(lab) {
  if (lab.root.querySelector("[data-next]")) (await import("./turns.js")).takeTurns(lab.root, lab.form)
  lab.root.dataset.ready = ""
  await finished(lab, () => arrivedRun(lab))
}

function submitted(lab, event) {
  const client = lab.form.hasAttribute("data-busy") ? null : clientOf(lab, event.submitter)
  if (client?.leaves) {
    leave(lab, event.submitter)
    setBusy(lab, true)
    return
  }
  event.preventDefault()
  if (client) runOnce(lab, event.submitter, true).catch(error => say(lab, `The run did not finish: ${error.message}. Click again.`))
}

function runOnce(lab, button, byClick) {
  return finished(lab, async () => {
    clearProblems(lab)
    await lab.root.pending
    const feedback = lab.root.querySelector("[data-feedback]")
    if (feedback) feedback.textContent = ""
    else say(lab, "Sent. Waiting for the answer.")
    return timedRun(lab, button, byClick)
  })
}

/** Whatever `timed` measures, until nothing more will happen to it. Whether there was a run. */
async function finished(lab, timed) {
  setBusy(lab, true)
  try {
    const state = await timed()
    if (!state) return false
    say(lab, sentenceOn(state))
    const done = await untilDone(lab, state)
    drawTracks(done)
    await refresh(lab)
    say(lab, sentenceOn(done), lab.root.querySelector("[data-swap^=wait-]"))
    lab.root.dispatchEvent(new CustomEvent("brokered:ran", { detail: done }))
    return true
  } finally {
    setBusy(lab, false)
  }
}

async function untilDone(lab, state) {
  for (let wait = LOOK_MS.first; !state.final; wait = Math.min(wait * 1.3, LOOK_MS.most)) {
    await pause(wait)
    const answer = await fetch(state.data).catch(() => null)
    if (!answer?.ok) continue
    state = await answer.json()
    say(lab, state.note || sentenceOn(state))
  }
  return state
}

/** Ask for the page again and put its measured parts in place of the old ones. */
export async function refresh({ root, form }) {
  const address = new URL(location.href)
  for (const input of form.querySelectorAll("input[type=number]")) address.searchParams.set(input.name, input.value)
  await freshenParts(root, address)
}

async function repeat(lab) {
  const part = name => lab.root.querySelector(`[data-${name}]`)
  const each = Math.min(Math.max(Number(part("repeat-count").value) || 1, 1), 20)
  const buttons = [...lab.form.querySelectorAll("[data-condition]")]
  const order = shuffled(buttons.flatMap(one => Array(each).fill(one)))
  lab.stopped = false
  let made = 0
  for (const one of order) {
    part("stop").hidden = part("repeat-progress").hidden = false
    part("repeat-progress").value = made / order.length
    part("repeat-status").textContent = `${made} of ${order.length} runs made.`
    part("repeat-count").value = each
    if (lab.stopped || !(await runOnce(lab, one, false).catch(() => false))) break
    made += 1
  }
  part("stop").hidden = part("repeat-progress").hidden = true
  part("repeat-status").textContent = `${made} of ${order.length} runs made.`
}

function sentenceOn(state) {
  if (state.phase === "failed") return state.note
  if (state.browser_said) return state.browser_said
  const wait = `${Math.round(state.wait_ms)} ms.`
  if (!state.final) return `${wait} The page has its answer; the work goes on without it.`
  return wait + (state.crowded ? ` Measured in a crowd: ${state.crowd_note || "run it again."}` : "")
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
