// Dragging lines between lists and within them, by mouse, pen or finger. The line itself moves, so nothing floats.

const BEGINS_PX = 6 // less is a click with a restless hand
const LEVEL_PX = 20 // how far to the side makes a line one level deeper

/**
 * Let the items ([data-line]) of these lists be dragged. `level(item)` is its level, `moved(item, level)` is told where
 * it would be now, `dropped(item)` where it came to lie. A finger drags by the grip, so that it can scroll elsewhere.
 */
export function draggable(element, lists, { level, moved, dropped }) {
  let drag = null

  element.addEventListener("pointerdown", event => {
    const item = event.target.closest("[data-line]")
    if (!item || event.button || event.target.closest(".tools")) return
    if (event.pointerType === "touch" && !event.target.closest(".grip")) return
    drag = { item, id: event.pointerId, x: event.clientX, y: event.clientY, home: item.parentElement, before: item.nextElementSibling, level: level(item), begun: false }
  })

  element.addEventListener("pointermove", event => {
    if (drag?.id !== event.pointerId) return
    if (!drag.begun && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < BEGINS_PX) return
    if (!drag.begun) begin()
    place(drag.item, lists, event.clientY)
    moved(drag.item, drag.level + Math.round((event.clientX - drag.x) / LEVEL_PX))
  })

  element.addEventListener("pointerup", () => end(true))
  element.addEventListener("pointercancel", () => end(false))

  const escape = event => { if (event.key === "Escape") end(false) }

  function begin() {
    drag.begun = true
    drag.item.classList.add("held")
    for (const list of lists) list.style.minHeight = `${list.offsetHeight}px` // or all below would move up under the hand
    document.addEventListener("keydown", escape) // a line that moves between lists loses the focus
    element.setPointerCapture(drag.id) // the list's, because a moved line would lose it
  }

  function end(stays) {
    const ended = drag
    drag = null
    if (!ended?.begun) return
    ended.item.classList.remove("held")
    for (const list of lists) list.style.minHeight = ""
    document.removeEventListener("keydown", escape)
    if (!stays) {
      ended.home.insertBefore(ended.item, ended.before)
      moved(ended.item, ended.level)
    }
    dropped(ended.item)
  }
}

/** Put the item where the pointer is: into the list it is over, or nearest to, before the first line it is above. */
function place(item, lists, y) {
  const list = lists.reduce((nearest, one) => distance(one, y) < distance(nearest, y) ? one : nearest)
  const others = [...list.children].filter(one => one !== item)
  const below = others.find(one => y < middle(one)) ?? null
  if (item.parentElement !== list || item.nextElementSibling !== below) list.insertBefore(item, below)
}

function distance(list, y) {
  const { top, bottom } = list.getBoundingClientRect()
  return Math.max(top - y, y - bottom, 0)
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect()
  return top + height / 2
}
