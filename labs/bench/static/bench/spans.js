// A living five-lane figure: hover, focus and tap on a bar show its exact span in the line below the figure.
// One Tab stop for each figure; the arrow keys go from bar to bar.
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Bring all figures within `root` to life, those that are put there later as well. */
export function start(root) {
  for (const event of ["pointerover", "focusin", "click"]) root.addEventListener(event, ({ target }) => show(target))
  root.addEventListener("pointerout", ({ target }) => hide(target))
  root.addEventListener("focusout", ({ target }) => hide(target))
  root.addEventListener("keydown", go)
}

function show(target) {
  const bar = target.closest("[data-span]")
  const line = bar && lineOf(bar)
  if (!line) return
  line.unsaid ??= [...line.childNodes]
  line.replaceChildren(bar.getAttribute("aria-label"))
}

function hide(target) {
  const bar = target.closest("[data-span]")
  const line = bar && lineOf(bar)
  if (!line?.unsaid) return
  const focused = document.activeElement?.closest("[data-span]")
  if (focused && focused !== bar && lineOf(focused) === line) show(focused)
  else if (focused !== bar) line.replaceChildren(...line.unsaid)
}

function go(event) {
  const bar = event.target.closest("[data-span]")
  if (!bar || !(event.key in STEPS)) return
  const bars = [...bar.parentElement.querySelectorAll("[data-span]")]
  const next = bars[bars.indexOf(bar) + STEPS[event.key]]
  if (!next) return
  event.preventDefault()
  next.focus()
}

const lineOf = bar => {
  const line = bar.closest(".tl").nextElementSibling
  return line?.matches("[data-said]") ? line : null
}
