// A lab or the home page comes to life: the two buttons are timed here, in the learner's own browser,
// and the measured parts of the page are asked for again. Without this module the same buttons work as a plain form.
import { clickDuration, reportsClicks, watchClicks } from "./clicks.js";
import { dragPredictions, showEverything } from "./stages.js";
import { drawTracks } from "./tracks.js";

const IN_LINE_MS = { least: 150, most: 450, patience: 20_000 }
const LOOK_MS = { first: 120, most: 1000 }

/** Bring one experiment to life. `root` holds a form[data-run-form] with one submit button per condition. */
export function start(root) {
  dragPredictions(root)
  showEverything(root)
  const form = root.querySelector("[data-run-form]")
  watchClicks()
  const lab = { root, form, stopped: false }
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (form.hasAttribute("data-busy")) return
    runOnce(lab, event.submitter).catch(error => say(lab, `The run did not finish: ${error.message}. Click again.`))
  })
  root.addEventListener("click", event => {
    if (event.target.closest("[data-repeat]")) repeat(lab)
    if (event.target.closest("[data-stop]")) lab.stopped = true
  })
  root.dataset.ready = ""
}

async function runOnce(lab, button) {
  setBusy(lab, true)
  try {
    clearProblems(lab)
    await lab.root.pending
    say(lab, "Sent. Waiting for the answer.")
    const timed = await timedRun(lab, button)
    if (!timed) return false
    const { state, sent } = timed
    say(lab, sentenceOn(state))
    const done = await untilDone(lab, state)
    drawTracks(done, sent)
    await refresh(lab)
    say(lab, sentenceOn(done), lab.root.querySelector("[data-swap^=wait-]"))
    lab.root.dispatchEvent(new CustomEvent("brokered:ran", { detail: done }))
    return true
  } finally {
    setBusy(lab, false)
  }
}

/** One timed request, in line while others measure. Null when the server refused it; the page then says why. */
async function timedRun(lab, button) {
  const clicked = performance.now()
  for (;;) {
    const body = new FormData(lab.form)
    if (performance.now() - clicked > IN_LINE_MS.patience) body.set("anyway", "1")
    const sent = performance.now()
    const response = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } })
    const answer = await response.json()
    const received = performance.now()
    if (answer.in_line) {
      say(lab, "In line: others are measuring. Yours starts as soon as a place is free, and its clock starts then.")
      await pause(IN_LINE_MS.least + Math.random() * (IN_LINE_MS.most - IN_LINE_MS.least))
      continue
    }
    if (!response.ok) {
      showRefusal(lab, answer)
      return null
    }
    const state = await keepBrowserSide(lab, answer, sent, received, await clickDuration(clicked))
    return { state, sent }
  }
}

async function keepBrowserSide(lab, run, sent, received, eventMs) {
  const body = new FormData()
  body.set("csrfmiddlewaretoken", new FormData(lab.form).get("csrfmiddlewaretoken"))
  body.set("sent", (performance.timeOrigin + sent) / 1000)
  body.set("received", (performance.timeOrigin + received) / 1000)
  body.set("event_ms", eventMs ?? "")
  body.set("reports_clicks", reportsClicks() ? "1" : "")
  const response = await fetch(run.browser_side, { method: "POST", body })
  return response.json()
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
  const answer = await fetch(address)
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const open = [...root.querySelectorAll("details[open][data-keep]")].map(part => part.dataset.keep)
  for (const part of root.querySelectorAll("[data-swap]")) {
    const fresh = page.querySelector(`[data-swap="${part.dataset.swap}"]`)
    if (fresh) part.replaceWith(document.adoptNode(fresh))
  }
  showEverything(root)
  for (const name of open) root.querySelector(`details[data-keep="${name}"]`)?.setAttribute("open", "")
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
    if (lab.stopped || !(await runOnce(lab, one).catch(() => false))) break
    made += 1
  }
  part("stop").hidden = part("repeat-progress").hidden = true
  part("repeat-status").textContent = `${made} of ${order.length} runs made.`
}

function shuffled(list) {
  const drawn = list.map(item => [Math.random(), item])
  return drawn.sort((a, b) => a[0] - b[0]).map(pair => pair[1])
}

function sentenceOn(state) {
  if (state.phase === "failed") return state.note
  const wait = `${Math.round(state.wait_ms)} ms.`
  if (!state.final) return `${wait} The page has its answer; the work goes on without it.`
  return wait + (state.crowded ? " Measured in a crowd: run it again." : "")
}

function showRefusal(lab, answer) {
  say(lab, answer.reason ?? "")
  if (answer.html) lab.root.querySelector("[data-trouble]").innerHTML = answer.html
  for (const [name, problem] of Object.entries(answer.problems ?? {})) {
    const place = lab.form.querySelector(`[data-problem="${name}"]`)
    const input = lab.form.elements[name]
    place.textContent = problem
    place.hidden = false
    input.setAttribute("aria-invalid", "true")
    input.focus()
  }
}

function clearProblems(lab) {
  lab.root.querySelector("[data-trouble]").replaceChildren()
  for (const place of lab.form.querySelectorAll("[data-problem]")) {
    place.hidden = true
    lab.form.elements[place.dataset.problem]?.removeAttribute("aria-invalid")
  }
}

function setBusy(lab, busy) {
  for (const button of lab.root.querySelectorAll("[data-condition], [data-repeat]")) button.setAttribute("aria-disabled", busy)
  lab.form.toggleAttribute("data-busy", busy)
}

/** Announce a state. `shownElsewhere`: the page prints it already, so only a screen reader needs to hear it. */
function say(lab, text, shownElsewhere = false) {
  const status = lab.root.querySelector("[data-status]")
  status.classList.toggle("vh", Boolean(shownElsewhere))
  if (status.textContent !== text) status.textContent = text
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
