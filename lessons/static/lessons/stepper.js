// A recorded run to walk through. The tables are in the page already; this adds what moves: one row at a time, the
// message drawn where it is, and the same row of the other run at a click. A row can be reached by its address (#late-9).
const SVG = "http://www.w3.org/2000/svg"
const PLACES = { list: "the list", unacked: "the hash unacked", worker: "a worker’s memory", mail: "the mailbox" }
const PLAY_MS = 1600
const HAS_ROOM = "(min-width: 60rem)" // below it a table is a card for each row, and long: it is there when asked for

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}
const draw = (tag, attributes) => {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}
const icon = (name, look = "") => {
  const svg = draw("svg", { class: `i ${look}`, "aria-hidden": "true" })
  svg.append(draw("use", { href: `#i-${name}` }))
  return svg
}

export async function start(element) {
  await styled(element.dataset.style)
  const runs = [...element.querySelectorAll(".run")].map(readRun)
  new Stepper(element, runs)
}

/** The style of what is built here, which a page without script has no use for. */
function styled(href) {
  if (document.querySelector(`link[href="${href}"]`)) return undefined
  const link = make("link", { rel: "stylesheet", href })
  const loaded = new Promise(resolve => { link.onload = link.onerror = resolve })
  document.head.append(link)
  return loaded
}

/** One recording, read from its table. */
function readRun(details) {
  const rows = [...details.querySelectorAll("tbody tr[id]")]
  const keys = [...details.querySelectorAll(".trace thead code")].map(key => key.textContent)
  return { details, title: details.dataset.title, rows, keys, count: rows.length }
}

class Stepper {
  constructor(element, runs) {
    Object.assign(this, { element, runs, run: runs[0], number: 1, timer: 0 })
    this.build()
    for (const run of runs) {
      this.addMarks(run)
      this.fold(run)
      run.details.open = true
    }
    element.classList.add("stepping")
    addEventListener("hashchange", () => this.lead())
    addEventListener("click", event => this.followAgain(event))
    this.follow() || this.go(1)
    // Only what changes from now on is news to who listens.
    this.said.setAttribute("aria-live", "polite")
    this.place.setAttribute("role", "status")
  }

  build() {
    const button = (words, does, ...more) => make("button", { type: "button", className: "quiet", onclick: does }, words, ...more)
    this.tabs = this.runs.map(run => button(run.title, () => this.choose(run)))
    this.back = button(icon("next", "flipped"), () => this.move(-1), "Previous")
    this.next = make("button", { type: "button", onclick: () => this.move(1) }, "Next ", icon("next"))
    this.play = button("", () => this.timer ? this.stop() : this.begin())
    this.slider = make("input", { type: "range", min: 1, value: 1, oninput: () => this.go(Number(this.slider.value)) })
    this.slider.setAttribute("aria-label", "Row")
    this.said = make("div", { className: "now-said" })
    this.said.setAttribute("aria-atomic", "true")
    this.place = make("p", {})
    this.keys = make("div", {})
    const redis = make("div", { className: "panel redis" }, make("h3", {}, "Where the message is"), this.place, this.keys)
    const controls = make("div", { className: "row steps" }, this.slider, this.back, this.next, this.play)
    controls.setAttribute("role", "group")
    controls.setAttribute("aria-label", "Steps")
    controls.addEventListener("keydown", event => this.press(event))
    const tabs = make("div", { className: "row tabs" }, ...this.tabs)
    tabs.setAttribute("role", "group")
    tabs.setAttribute("aria-label", "Which run")
    this.figures = make("div", { className: "figures" }, ...this.runs.map(run => run.details.querySelector("figure")))
    const legend = make("p", { className: "small soft" }, "Underlined: not the same in the other run.")
    this.figures.append(...(this.runs.length > 1 ? [legend] : []))
    this.element.prepend(...(this.runs.length > 1 ? [tabs] : []), this.figures, controls, make("div", { className: "moment" }, this.said, redis))
    for (const run of this.runs) run.figure = this.figures.children[this.runs.indexOf(run)]
  }

  addMarks(run) {
    const svg = run.figure.querySelector(".tl > svg")
    run.now = draw("rect", { class: "now", y: 0, width: `${100 / run.count}%`, height: "100%" })
    svg.prepend(run.now)
    for (const other of this.runs) if (other !== run) svg.append(...run.rows.flatMap((row, index) => unlike(row, other.rows[index], index, run.count)))
    run.letters = Object.fromEntries(Object.keys(PLACES).map(place => [place, letter(svg, middleOf(place, run.figure))]))
    for (const dot of svg.querySelectorAll("[data-dot]")) dot.addEventListener("click", () => this.go(Number(dot.dataset.dot)))
    run.rows.forEach((row, index) => row.addEventListener("click", () => this.go(index + 1)))
  }

  /** The table in a part that can be closed. */
  fold(run) {
    const table = run.details.querySelector(".trace")
    run.table = make("details", { open: matchMedia(HAS_ROOM).matches }, make("summary", {}, `All ${run.count} rows as a table`))
    table.replaceWith(run.table)
    run.table.append(table)
  }

  press(event) {
    if (event.target === this.slider || !isPlain(event)) return undefined
    const to = { ArrowLeft: this.number - 1, ArrowRight: this.number + 1, Home: 1, End: this.run.count }[event.key]
    if (to === undefined) return undefined
    event.preventDefault()
    return this.go(to)
  }

  /** To the row that the address names, if it is one of these. */
  follow() {
    const row = location.hash && document.getElementById(location.hash.slice(1))
    const run = row && this.runs.find(one => one.rows.includes(row))
    if (!run) return false
    this.run = run
    this.go(run.rows.indexOf(row) + 1)
    this.element.scrollIntoView()
    return true
  }

  /** The same for somebody who has just followed a link: with the keys they go on from here. */
  lead() {
    const isHere = this.follow()
    if (isHere) this.slider.focus({ preventScroll: true })
    return isHere
  }

  /** A link to the row that the address names already: the address does not change, and yet it is meant. */
  followAgain(event) {
    const link = event.target.closest?.("a[href^='#']")
    if (link?.hash !== location.hash || !isPlain(event)) return
    if (this.lead()) event.preventDefault()
  }

  choose(run) { this.run = run; this.go(this.number) }
  move(by) { this.go(this.number + by) }
  go(number) { this.stop(); this.show(number) }

  begin() {
    if (this.number === this.run.count) this.show(1)
    this.timer = setInterval(() => {
      this.show(this.number + 1)
      if (this.number === this.run.count) this.stop()
    }, PLAY_MS)
    this.play.textContent = "Pause"
  }

  stop() {
    clearInterval(this.timer)
    this.timer = 0
    this.play.replaceChildren(icon("run"), " Play")
  }

  show(number) {
    this.number = Math.min(Math.max(number, 1), this.run.count)
    this.runs.forEach((run, index) => {
      run.details.hidden = run.figure.hidden = run !== this.run
      this.tabs[index].setAttribute("aria-pressed", run === this.run)
    })
    this.showControls()
    this.showMoment()
    this.showFigure()
    this.showTables()
  }

  showControls() {
    Object.assign(this.slider, { max: this.run.count, value: this.number })
    this.slider.setAttribute("aria-valuetext", `${this.number} of ${this.run.count}`)
    this.back.setAttribute("aria-disabled", this.number === 1)
    this.next.setAttribute("aria-disabled", this.number === this.run.count)
  }

  showMoment() {
    const row = this.run.rows[this.number - 1]
    const [, ms, lane, what, command] = row.cells
    const meaning = what.querySelector("small")
    const title = make("p", { className: "said" }, what.firstChild.textContent.trim())
    this.said.replaceChildren(
      make("p", { className: "ui soft" }, `Row ${this.number} of ${this.run.count}, after ${ms.textContent} ms `, lane.firstChild.cloneNode(true)),
      title,
      make("p", {}, ...[...meaning.childNodes].map(node => node.cloneNode(true))),
      make("pre", { tabIndex: 0 }, [...command.querySelectorAll("code")].map(code => code.textContent).join("\n")),
      ...this.others(row))
    const places = placesOf(row).map(place => PLACES[place])
    const where = places.length ? inWords(places) : this.isBefore() ? "There is no message yet." : "Nowhere."
    if (this.place.textContent !== where) this.place.replaceChildren(make("strong", {}, where))
    this.keys.replaceChildren(...keysOf(row).map((cell, index) => held(this.run.keys[index], Number(countOf(cell)))))
  }

  /** What the other runs do at this row, where it is not the same. */
  others(row) {
    return this.runs.filter(run => run !== this.run).map(run => {
      const other = run.rows[this.number - 1]
      if (!other) return make("p", { className: "ui" }, `${run.title}: it has no row ${this.number}.`)
      if (same(row, other)) return make("p", { className: "ui soft" }, `${run.title}: the same.`)
      return make("p", { className: "ui differs" }, `≠ ${run.title}: ${differing(row, other)}.`)
    })
  }

  isBefore() {
    return !this.run.rows.slice(0, this.number).some(row => placesOf(row).length)
  }

  showFigure() {
    const { figure, now, count, letters, rows } = this.run
    const x = 100 * (this.number - 1) / count
    now.setAttribute("x", `${x}%`)
    for (const dot of figure.querySelectorAll("[data-dot]")) dot.classList.toggle("todo", Number(dot.dataset.dot) > this.number)
    for (const name of figure.querySelectorAll("[data-number]")) name.classList.toggle("current", Number(name.dataset.number) === this.number)
    const places = placesOf(rows[this.number - 1])
    for (const [place, mark] of Object.entries(letters)) {
      mark.setAttribute("x", `${x + 50 / count}%`)
      mark.classList.toggle("there", places.includes(place))
    }
    const lane = rows[this.number - 1].querySelector(".lane").classList[1]
    for (const name of figure.querySelectorAll("li")) name.classList.toggle("acts", name.classList.contains(lane))
  }

  showTables() {
    this.run.rows.forEach((row, index) => {
      if (index === this.number - 1) row.setAttribute("aria-current", "step")
      else row.removeAttribute("aria-current")
    })
    const tracker = this.run.details.querySelector(".tracker")
    for (const row of tracker.rows) [...row.cells].forEach((cell, index) => cell.classList.toggle("now", index === this.number))
    const column = tracker.rows[0].cells[this.number]
    const box = tracker.parentElement
    box.scrollLeft = column.offsetLeft - box.clientWidth / 2
  }
}

/** How far down the picture the middle of a place's line is, in pixels. */
function middleOf(place, figure) {
  return Number(figure.querySelector(`[data-place=${place}]`).dataset.middle)
}

/** A letter on one line of the picture: the message, or a copy of it. */
function letter(svg, y) {
  const mark = draw("svg", { class: "letter", y: y - 7, width: 20, height: 14, viewBox: "0 0 20 14" })
  const middle = draw("g", { transform: "translate(-10 0)" })
  middle.append(draw("rect", { width: 20, height: 14, rx: 1.5 }), draw("path", { d: "M1.5 2l8.5 6 8.5-6" }))
  mark.append(middle)
  svg.append(mark)
  return mark
}

/** A line below the number of a row that is not the same in the other run. */
function unlike(row, other, index, count) {
  if (other && same(row, other)) return []
  const [x1, x2] = [index + 0.2, index + 0.8].map(column => `${100 * column / count}%`)
  const underline = draw("svg", { y: "100%", overflow: "visible" })
  underline.append(draw("line", { class: "unlike", x1, x2, y1: -1, y2: -1 }))
  return [underline]
}

const isPlain = event => !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
const placesOf = row => row.dataset.places.split(" ").filter(Boolean)
const inWords = places => `In ${places.join(" and ")}.`
const lower = words => words[0].toLowerCase() + words.slice(1)
const countOf = cell => cell.textContent.replace(" changed", "")
const keysOf = row => [...row.cells].slice(5, 8)
const counts = row => keysOf(row).map(countOf).join("\u00a0")
const same = (row, other) => row.cells[3].textContent === other.cells[3].textContent && counts(row) === counts(other)

/** What the other run has in the place of a row. */
function differing(row, other) {
  const [what, is] = [row, other].map(one => one.cells[3].firstChild.textContent.trim())
  const words = what === is ? [] : [lower(is)]
  if (counts(row) !== counts(other)) words.push(`the three keys hold ${counts(other)}`)
  return words.join(", ")
}

/** One of the three keys: the command that asks for its length, and the answer. */
function held(command, count) {
  const item = make("li", { className: count ? "" : "gone" }, count || "empty")
  return make("div", { className: "held" }, make("code", {}, command), make("ul", { className: "cells redis" }, item))
}
