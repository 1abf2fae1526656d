// The first five minutes: a guess opens the first button, the first run opens the second, and then INP.
import { refresh, start as startExperiment } from "../bench/experiment.js";

/** Bring the home page's experiment to life. */
export function start(root) {
  startExperiment(root)
  open(root)
  root.addEventListener("brokered:ran", () => open(root))
  root.addEventListener("change", event => {
    const form = event.target.closest("[data-guess-form]")
    if (form) note(root, form)
  })
  // A guess made before this module had loaded.
  for (const form of root.querySelectorAll("[data-guess-form]")) {
    const made = form.querySelector("[name=choice]:checked")
    if (made && !made.defaultChecked) note(root, form)
  }
}

async function note(root, form) {
  await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
  for (const choice of form.querySelectorAll("[name=choice]")) choice.defaultChecked = choice.checked
  const hint = form.querySelector("[data-hint]")
  if (hint) hint.textContent = "Noted in pencil. Now run both."
  open(root)
  await refresh({ root, form: root.querySelector("[data-run-form]") })
  open(root)
}

/** One step at a time: a button that is not due yet cannot be pressed. */
function open(root) {
  const guessed = [...root.querySelectorAll("[name=choice]")].some(choice => choice.defaultChecked)
  const [first, second] = root.querySelectorAll("[data-condition]")
  const ran = root.querySelector(`[data-swap="wait-${first.dataset.condition}"]`).textContent.trim() !== ""
  first.disabled = !guessed
  second.disabled = !guessed || !ran
}
