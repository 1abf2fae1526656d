// Lines of a program, put in order by clicking, dragging or keys. What is sent are the number fields of the plain form,
// filled in here; each line keeps its own.

import { draggable } from "./drag.js";

const GLIDE_MS = 120
const TOOLS = [
  ["up", "Move up", -1, 0], ["down", "Move down", 1, 0],
  ["left", "Less deep", 0, -1], ["right", "Deeper", 0, 1],
]
const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

const icon = name => {
  const drawn = new DOMParser().parseFromString(`<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`, "text/html")
  return document.adoptNode(drawn.querySelector("svg"))
}

const tool = (name, label, drawing, act) => {
  const button = make("button", { type: "button", className: name, onclick: act }, icon(drawing))
  button.setAttribute("aria-label", label)
  return button
}

export function start(element) {
  new Order(element)
}

class Order {
  constructor(element) {
    this.element = element
    this.deepest = Number(element.dataset.levels ?? 1) - 1
    this.left = make("ul", { className: "lines" })
    this.program = make("ol", { className: "lines", tabIndex: -1 })
    this.left.setAttribute("aria-label", "Lines left")
    this.program.setAttribute("aria-label", "Your program")
    this.program.dataset.empty = "Nothing here yet"
    this.status = make("p", { className: "vh" })
    this.status.setAttribute("role", "status")
    this.items = [...element.querySelectorAll("[data-line]")]
    for (const plain of element.querySelectorAll("[data-plain]")) plain.remove()
    for (const item of this.items) this.dress(item)
    this.arrange()
    element.append(
      make("p", { className: "small" }, `Click the lines in their order, or drag them. In your program, ${
        this.deepest ? "arrow keys move a line and set its depth" : "arrow keys move a line"}.`),
      make("p", { className: "small soft" }, "Lines left"), this.left,
      make("p", { className: "small soft" }, "Your program"), this.program, this.status)
    element.addEventListener("click", event => this.click(event))
    element.addEventListener("keydown", event => this.key(event))
    draggable(element, [this.left, this.program], {
      level: item => Number(item.dataset.level),
      moved: (item, level) => this.setLevel(item, level),
      dropped: item => { this.settle(); this.pick(item); this.tell(item); this.changed() },
    })
    element.closest("form").addEventListener("draft", () => this.arrange())
  }

  /** Lay the lines out as their fields say: with what was sent last, or kept in this browser. */
  arrange() {
    const placed = this.items.filter(item => this.place(item).value).sort((a, b) => this.place(a).value - this.place(b).value)
    this.program.replaceChildren(...placed)
    this.left.replaceChildren(...this.items.filter(item => !placed.includes(item)))
    for (const item of this.items) this.setLevel(item, Number(item.querySelector("select")?.value ?? item.dataset.level))
    this.settle()
  }

  /** Give a line its button and its tools, and hide its fields. */
  dress(item) {
    const text = item.querySelector("[data-text]")
    const grip = make("span", { className: "grip" })
    grip.setAttribute("aria-hidden", "true")
    for (const field of item.querySelectorAll("input, select")) field.hidden = true
    const tools = make("span", { className: "tools", hidden: true })
    for (const [name, label, by, deeper] of TOOLS) {
      if (!deeper || this.deepest) tools.append(tool(name, label, "next", () => this.move(item, by, deeper)))
    }
    tools.append(tool("out", "Take out", "no", () => this.takeOut(item)))
    item.prepend(grip, make("button", { type: "button", className: "line" }, text), tools)
  }

  place(item) { return item.querySelector("[name^=place-]") }
  name(item) { return item.querySelector("[data-text]").textContent }
  isPlaced(item) { return item.parentElement === this.program }

  click(event) {
    const item = event.target.closest(".line")?.closest("[data-line]")
    if (!item) return
    if (this.isPlaced(item)) this.pick(item.querySelector(".tools").hidden ? item : null)
    else this.putIn(item)
  }

  key(event) {
    const item = event.target.closest("[data-line]")
    if (!item || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const [by, deeper] = KEYS[event.key] ?? [0, 0]
    if (this.isPlaced(item) && (event.key === "Delete" || event.key === "Backspace")) this.takeOut(item)
    else if (!by && !deeper) return
    else if (this.isPlaced(item)) this.move(item, by, deeper)
    else if (by) (by < 0 ? item.previousElementSibling : item.nextElementSibling)?.querySelector(".line").focus()
    else if (deeper > 0) this.putIn(item)
    event.preventDefault()
  }

  /** At the end of the program; the focus stays with the lines left, for the one that comes next. */
  putIn(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling ?? item
    this.change(() => this.program.append(item))
    next.querySelector(".line").focus()
    this.tell(item)
  }

  takeOut(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling
    this.change(() => this.left.append(item))
    this.pick(null)
    ;(next ?? item).querySelector(".line").focus()
    this.status.textContent = `${this.name(item)}: taken out, ${this.program.children.length} lines in your program`
  }

  move(item, by, deeper) {
    const focused = document.activeElement
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling
    if (by && other) this.change(() => by < 0 ? other.before(item) : other.after(item))
    if (deeper) this.change(() => this.setLevel(item, Number(item.dataset.level) + deeper))
    if (item.contains(focused) && !focused.disabled) focused.focus()
    else item.querySelector(".line").focus()
    this.tell(item)
  }

  setLevel(item, level) {
    if (!this.deepest) return
    item.dataset.level = Math.max(0, Math.min(this.deepest, level))
    item.querySelector("select").value = item.dataset.level
  }

  /** Show the tools of one line, or of none. */
  pick(item) {
    for (const tools of this.element.querySelectorAll(".tools")) tools.hidden = !item?.contains(tools) || !this.isPlaced(item)
    for (const line of this.program.querySelectorAll(".line")) line.setAttribute("aria-expanded", String(Boolean(item?.contains(line))))
    item?.querySelector(".line").focus()
  }

  /** Fill in the fields, and say which tools can do something. */
  settle() {
    for (const item of this.left.children) {
      this.place(item).value = ""
      item.querySelector(".tools").hidden = true
      item.querySelector(".line").removeAttribute("aria-expanded")
    }
    for (const [index, item] of [...this.program.children].entries()) {
      const level = Number(item.dataset.level)
      const last = this.program.children.length - 1
      const cannot = { up: index === 0, down: index === last, left: level === 0, right: level === this.deepest }
      this.place(item).value = index + 1
      item.querySelector(".line").setAttribute("aria-expanded", String(!item.querySelector(".tools").hidden))
      for (const [name, disabled] of Object.entries(cannot)) item.querySelector(`.tools .${name}`)?.toggleAttribute("disabled", disabled)
    }
  }

  tell(item) {
    const of = this.program.children.length
    const depth = this.deepest ? `, depth ${item.dataset.level}` : ""
    const where = this.isPlaced(item) ? `line ${[...this.program.children].indexOf(item) + 1} of ${of}${depth}` : "not in your program"
    this.status.textContent = `${this.name(item)}: ${where}`
  }

  /** As a field says it, so that whoever keeps what is written keeps this too. */
  changed() { this.element.dispatchEvent(new Event("change", { bubbles: true })) }

  /** Change the order, and let the lines glide to their new places unless motion is unwelcome. */
  change(act) {
    const items = [...this.element.querySelectorAll("[data-line]")]
    const before = new Map(items.map(item => [item, item.getBoundingClientRect().top]))
    act()
    this.settle()
    this.changed()
    if (!matchMedia("(prefers-reduced-motion: no-preference)").matches) return
    for (const item of items) {
      const by = before.get(item) - item.getBoundingClientRect().top
      if (by) item.animate([{ translate: `0 ${by}px` }, { translate: "0 0" }], { duration: GLIDE_MS, easing: "ease-out" })
    }
  }
}
