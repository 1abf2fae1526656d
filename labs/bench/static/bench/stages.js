// The stages of a lab: a guess that can be dragged on its axis, and "Show everything", which is remembered.
const EVERYTHING = "brokered-show-everything"

/** Keep each slider and its number field at the same value. */
export function dragPredictions(root) {
  for (const slider of root.querySelectorAll("[data-drags]")) {
    const field = root.querySelector(`#${slider.dataset.drags}`)
    slider.value = field.value || 0
    slider.addEventListener("input", () => { field.value = slider.value })
    field.addEventListener("input", () => { slider.value = field.value || 0 })
  }
}

/** Open all stages and all headings when the reader has asked for it here or on an earlier page. */
export function showEverything(root) {
  const button = root.querySelector("[data-show-everything]")
  if (!button) return
  const apply = () => {
    const everything = remembered()
    button.textContent = everything ? "One stage at a time" : "Show everything"
    if (!everything) return
    for (const stage of root.querySelectorAll("[data-stage]")) stage.hidden = false
    for (const part of root.querySelectorAll("details.stage")) part.open = true
  }
  button.onclick = () => {
    if (remembered()) {
      forget()
      location.reload()
      return
    }
    remember()
    apply()
  }
  apply()
}

const remembered = () => { try { return localStorage.getItem(EVERYTHING) === "1" } catch { return false } }
const remember = () => { try { localStorage.setItem(EVERYTHING, "1") } catch { /* then it holds for this page only */ } }
const forget = () => { try { localStorage.removeItem(EVERYTHING) } catch { /* nothing was kept */ } }
