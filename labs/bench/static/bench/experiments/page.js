// A bench lab comes to life: guesses that can be dragged, the experiment watched until it ends, forms sent in place.
// Without this module the same page works by reloading it.
import { freshenParts } from "../fresh_parts.js";
import { showEverything } from "../stages.js";
import { dragOnLogAxis } from "./log_slider.js";

const LOOK_MS = { running: 1000, away: 4000 }

/** Bring the page to life. `root` holds [data-watch] while an experiment waits or runs. */
export function start(root) {
  dragOnLogAxis(root)
  showEverything(root)
  root.addEventListener("submit", event => {
    if (!event.target.matches("form[data-in-place]")) return
    event.preventDefault()
    import("../in_place.js").then(module => module.send(event.target, event.submitter))
  })
  const watched = root.querySelector("[data-watch]")
  if (watched) {
    watched.querySelector("[data-unscripted]").hidden = true
    look(root, watched)
  }
  root.dataset.ready = ""
}

async function look(root, watched) {
  const answer = await fetch(watched.dataset.watch).catch(() => null)
  const state = answer?.ok ? await answer.json() : null
  if (state?.final) return refresh(root, state)
  if (state) tell(watched, state)
  else say(watched, "The site does not answer just now. Still looking; your place is kept.")
  setTimeout(() => look(root, watched), state ? LOOK_MS.running : LOOK_MS.away)
}

function tell(watched, state) {
  say(watched, state.said)
  if (state.state === "running") watched.querySelector("[data-stop]").textContent = "Stop"
  const bar = watched.querySelector("[data-done]")
  bar.max = state.progress.of ?? 1
  bar.value = state.progress.done ?? 0
}

function say(watched, text) {
  const place = watched.querySelector("[data-said]")
  if (place.textContent !== text) place.textContent = text
}

/** The page with its result: the finding is led to, and whoever listens is told. */
async function refresh(root, state) {
  await freshenParts(root, location.pathname)
  const heading = root.querySelector("[data-swap=findings] h3")
  if (heading && state.state === "done") {
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
  root.dispatchEvent(new CustomEvent("brokered:experiment", { detail: state }))
}
