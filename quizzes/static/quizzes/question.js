// Sends an answer without leaving the page, and keeps what is not sent yet. When nobody answers, it stays here and says
// so; a second time the form is posted as it would be without script, and so it is when what comes back is no question.

import { forget, keep, restore } from "./draft.js";

const PATIENCE_MS = 10_000

export function start(element) {
  const status = document.createElement("p")
  status.className = "vh"
  status.setAttribute("role", "status")
  element.after(status)
  let shown = performance.now()
  restore(element)
  element.addEventListener("input", () => keep(element))
  element.addEventListener("change", () => keep(element))
  element.addEventListener("submit", async event => {
    event.preventDefault()
    const took = event.target.elements.took_ms
    if (took) took.value = Math.round(performance.now() - shown)
    await answer(element, event.target, event.submitter, status)
    shown = performance.now()
  })
}

// Brings the parts of a question to life that have a module of their own, once they are in the page.
export function startParts(element) {
  for (const part of element.querySelectorAll("[data-module]")) {
    import(part.dataset.module).then(module => module.start(part))
  }
}

// The part of a question's page that is brought into another page, or swapped for its successor.
export async function questionIn(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  const question = page.querySelector("[data-question]")
  if (!question) throw new Error(`no question in the answer of ${response.url} (${response.status})`)
  return { question, progress: page.querySelector("[data-progress]") }
}

async function answer(element, form, submitter, status) {
  const body = new FormData(form, submitter)
  const buttons = form.querySelectorAll("button")
  buttons.forEach(button => { button.disabled = true })
  status.textContent = "Sending your answer"
  keep(element)
  try {
    const response = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS) })
    if (response.ok && !submitter?.value) forget(form)
    if (leadsElsewhere(response, form)) return location.assign(response.url)
    await questionIn(response).then(next => show(element, next), () => postAsWithoutScript(form, submitter))
  } catch {
    buttons.forEach(button => { button.disabled = false })
    if (navigator.onLine && element.querySelector("[data-unheard]")) postAsWithoutScript(form, submitter)
    else unheard(element)
  }
  status.textContent = ""
}

// After an answer that is not explained yet, the server leads on to the next question.
function leadsElsewhere(response, form) {
  return response.redirected && new URL(response.url).pathname !== new URL(form.action).pathname
}

// `form.submit()` leaves out the button that was pressed.
export function postAsWithoutScript(form, submitter) {
  if (submitter?.name) {
    const pressed = document.createElement("input")
    Object.assign(pressed, { type: "hidden", name: submitter.name, value: submitter.value })
    form.append(pressed)
  }
  form.submit()
}

function unheard(element) {
  const note = element.querySelector("[data-unheard]") ?? document.createElement("p")
  note.dataset.unheard = ""
  note.className = "err"
  note.setAttribute("role", "alert")
  const why = navigator.onLine ? "The course did not answer." : "There is no network."
  note.textContent = `${why} Your answer is kept in this browser: press the button again in a while.`
  element.append(note)
}

function show(element, { question, progress }) {
  element.replaceChildren(...question.childNodes)
  startParts(element)
  const bar = document.querySelector("[data-progress]")
  if (bar && progress) bar.replaceChildren(...progress.childNodes)
  element.querySelector("[data-says]")?.focus()
}
