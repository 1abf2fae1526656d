// The first five minutes: a guess opens the first button, the first run opens the second, and then INP.
import { refresh, start as startExperiment } from "../bench/experiment.js"

/** Bring the home page's experiment to life. */
export function start(root) {
  startExperiment(root)
  const form = root.querySelector("[data-run-form]")
  open(root)
  root.addEventListener("brokered:ran", () => open(root))
  root.addEventListener("change", async event => {
    const guess = event.target.closest("[data-guess-form]")
    if (!guess) return
    await fetch(guess.action, { method: "POST", body: new FormData(guess), headers: { Accept: "application/json" } })
    const hint = guess.querySelector("[data-hint]")
    if (hint) hint.textContent = "Noted in pencil. Now run both."
    open(root)
    await refresh({ root, form })
    open(root)
  })
}

/** One step at a time: a button that is not due yet cannot be pressed. */
function open(root) {
  const guessed = root.querySelector("[name=choice]:checked") !== null
  const [first, second] = root.querySelectorAll("[data-condition]")
  const ran = root.querySelector(`[data-swap="wait-${first.dataset.condition}"]`).textContent.trim() !== ""
  first.disabled = !guessed
  second.disabled = !guessed || !ran
}
