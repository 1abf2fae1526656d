// The first five minutes: a guess opens the first button, the first run opens the second, and then INP.
import { refresh, start as startExperiment } from "../bench/experiment.js";

/** Bring the home page's experiment to life. */
export function start(root) {
  startExperiment(root)
  open(root)
  root.addEventListener("brokered:ran", () => open(root))
  root.addEventListener("change", event => {
    if (event.target.name === "choice") root.pending = note(root, event.target)
  })
  // A guess made before this module had loaded.
  for (const made of root.querySelectorAll("[name=choice]:checked")) {
    if (!made.defaultChecked) root.pending = note(root, made)
  }
}

/** Keep a guess. A run that is clicked meanwhile waits for it (`root.pending`): both must be the same learner's. */
async function note(root, made) {
  open(root)
  await fetch("/guesses/", { method: "POST", body: new FormData(made.form), headers: { Accept: "application/json" } })
  const hint = made.closest("[data-guess-form]").querySelector("[data-hint]")
  if (hint) hint.textContent = "Noted in pencil. Now run both."
  await refresh({ root, form: root.querySelector("[data-run-form]") })
  open(root)
}

/** One step at a time: a button that is not due yet cannot be pressed. */
function open(root) {
  const guessed = root.querySelector("[name=choice]:checked") !== null
  const [first, second] = root.querySelectorAll("[data-condition]")
  const ran = root.querySelector(`[data-swap="wait-${first.dataset.condition}"]`).textContent.trim() !== ""
  first.disabled = !guessed
  second.disabled = !guessed || !ran
}
