// Runs in mixed order, one click each: a script cannot click for you, and some figures belong to a click. What is left of
// a round is kept in this tab, because a form leads to a new page.
import { shuffled } from "./shuffled.js";

/** Bring the button to life that draws which way comes next. It presses that way's own button. */
export function takeTurns(root, form) {
  const button = root.querySelector("[data-next]")
  const status = root.querySelector("[data-next-status]")
  const key = `brokered-turns:${location.pathname}`
  const all = [...form.querySelectorAll("[data-condition]")].map(one => one.dataset.condition)
  let left = read(key).filter(slug => all.includes(slug))
  const tell = () => { status.textContent = left.length ? `${all.length - left.length} of ${all.length} in this round.` : "" }
  button.addEventListener("click", () => {
    if (form.hasAttribute("data-busy")) return
    if (!left.length) write(key, left = shuffled(all))
    form.requestSubmit(form.querySelector(`[data-condition="${left[0]}"]`))
  })
  root.addEventListener("brokered:ran", ({ detail }) => {
    if (detail.condition !== left[0]) return
    left.shift()
    write(key, left)
    tell()
    if (!left.length) status.textContent = `A round of ${all.length} is complete. The next press begins another.`
  })
  tell()
}

const read = key => { try { return JSON.parse(sessionStorage.getItem(key)) ?? [] } catch { return [] } }
const write = (key, left) => { try { sessionStorage.setItem(key, JSON.stringify(left)) } catch { /* then for this page only */ } }
