// Reviewing by keyboard, and without a page load. A key presses the button that names it in data-key, but only while the
// focus is in here, so that nobody's own shortcuts are taken. Whatever goes wrong, the form is posted as without script.

import { postAsWithoutScript, startParts } from "./question.js";

const PATIENCE_MS = 10_000
const TAKES_KEYS = "input, select, textarea"
const TAKES_SPACE = "a, button, summary"

export function start(element) {
  element.addEventListener("keydown", event => press(element, event))
  element.addEventListener("submit", event => {
    event.preventDefault()
    send(element, event.target, event.submitter)
  })
  if (document.activeElement === document.body) land(element)
  element.dataset.ready = ""
}

function press(element, event) {
  const { key, target } = event
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || target.matches(TAKES_KEYS)) return
  if (key === " " && target.closest(TAKES_SPACE)) return
  const goal = element.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? (key === " " ? firstField(element) : null)
  if (!goal) return
  event.preventDefault()
  if (goal.matches("button")) goal.click()
  else goal.focus()
}

// A type with a module of its own may hide its plain fields and put buttons in their place.
function firstField(element) {
  const fields = element.querySelectorAll("[data-answer] :is(input, select, textarea, button)")
  return [...fields].find(field => !field.disabled && field.type !== "hidden" && field.checkVisibility())
}

async function send(element, form, submitter) {
  if (element.hasAttribute("aria-busy")) return
  element.setAttribute("aria-busy", "true")
  try {
    const body = new FormData(form, submitter)
    const response = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS) })
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    element.replaceChildren(...page.querySelector("[data-review]").childNodes)
    startParts(element)
    land(element)
  } catch {
    postAsWithoutScript(form, submitter)
  } finally {
    element.removeAttribute("aria-busy")
  }
}

function land(element) {
  const places = ["[role=alert]", "[data-says]", "[data-item]"].map(place => element.querySelector(place))
  places.find(Boolean)?.focus()
}
