// A page that builds its answer in hundreds of steps and lays itself out after each: the saboteur of claims that say
// "the same work". Chromium paints each piece by itself.
import { form, post, show } from "./probe.js"

const STEPS = 800

form.addEventListener("submit", async event => {
  event.preventDefault()
  await post()
  const list = document.querySelector("#answer").parentElement
  for (let step = 0; step < STEPS; step++) {
    const piece = Object.assign(document.createElement("kbd"), { textContent: `${step}` })
    list.append(piece, " ")
    piece.getBoundingClientRect()
  }
  show("Sent.")
})
