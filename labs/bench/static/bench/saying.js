// What the page tells about a run: its state, a refusal beside the field it belongs to, and that it is busy.

/** Announce a state. `shownElsewhere`: the page prints it already, so only a screen reader needs to hear it. */
export function say(lab, text, shownElsewhere = false) {
  const status = lab.root.querySelector("[data-status]")
  status.classList.toggle("vh", Boolean(shownElsewhere))
  if (status.textContent !== text) status.textContent = text
}

/** Say why the server made no run, where that belongs. */
export function showRefusal(lab, answer) {
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

/** Take back what an earlier run was refused for. */
export function clearProblems(lab) {
  lab.root.querySelector("[data-trouble]").replaceChildren()
  for (const place of lab.form.querySelectorAll("[data-problem]")) {
    place.hidden = true
    lab.form.elements[place.dataset.problem]?.removeAttribute("aria-invalid")
  }
}

/** One run at a time: while one is on its way, no button starts another. */
export function setBusy(lab, busy) {
  const buttons = lab.root.querySelectorAll("[data-condition], [data-repeat], [data-next]")
  for (const button of buttons) button.setAttribute("aria-disabled", busy)
  lab.form.toggleAttribute("data-busy", busy)
}
