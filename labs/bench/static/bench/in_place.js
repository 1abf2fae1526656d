// A form whose answer is a whole page, of which only the parts that it names ([data-in-place], by id) are shown here.
// Without this module the browser shows the whole page.
import { carryOver } from "./unsaved.js";

/** Send the form and put the named parts of the answer in place of those on this page. */
export async function send(form, submitter) {
  if (form.hasAttribute("data-busy")) return
  form.toggleAttribute("data-busy", true)
  submitter?.setAttribute("aria-disabled", "true")
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const names = form.dataset.inPlace.split(" ")
    if (!page.getElementById(names[0])) throw new Error(`the server answered ${answer.status}`)
    for (const name of names) replace(name, page, form)
    show(document.getElementById(names[0]))
  } catch (error) {
    tell(form, `This could not be sent (${error.message}). What you wrote still stands here; try again.`)
  } finally {
    form.removeAttribute("data-busy")
    submitter?.removeAttribute("aria-disabled")
  }
}

function replace(name, page, sent) {
  const old = document.getElementById(name)
  const fresh = page.getElementById(name)
  if (!old || !fresh) return
  for (const field of sent.elements) {
    field.defaultValue = field.value // it is sent, so it is no longer unsaved
    field.defaultChecked = field.checked
  }
  const afterwards = carryOver(old, fresh)
  old.replaceWith(document.adoptNode(fresh))
  afterwards()
}

/** Lead to what is wrong, else to the part that is new. */
function show(part) {
  const wrong = part.querySelector("[aria-invalid]")
  if (wrong) return wrong.focus()
  part.tabIndex = -1
  part.focus({ preventScroll: true })
}

function tell(form, words) {
  const said = form.querySelector("[data-not-sent]") ?? form.appendChild(document.createElement("p"))
  Object.assign(said, { className: "err", textContent: words })
  said.dataset.notSent = ""
  said.setAttribute("role", "alert")
}
