// Tiles that fill the blanks of a program: clicked, dragged by a mouse, or left alone and typed instead.

export function start(element) {
  const blanks = [...element.querySelectorAll("input.blank")]
  const status = document.createElement("p")
  status.className = "vh"
  status.setAttribute("role", "status")
  element.append(status)
  // The blank that was last in focus, maybe before this script was here; without one, the first empty one is filled.
  let chosen = blanks.find(blank => blank === document.activeElement) ?? null

  const fill = (blank, text) => {
    blank.value = text
    blank.dispatchEvent(new Event("input", { bubbles: true }))
    status.textContent = `${text} is in blank ${blanks.indexOf(blank) + 1} of ${blanks.length}`
    chosen = null
  }
  const target = () => chosen ?? blanks.find(blank => !blank.value) ?? blanks.at(-1)

  for (const blank of blanks) {
    blank.addEventListener("focus", () => { chosen = blank })
    blank.addEventListener("input", () => { if (document.activeElement === blank) chosen = blank })
    blank.addEventListener("dragover", event => event.preventDefault())
    blank.addEventListener("drop", event => {
      event.preventDefault()
      fill(blank, event.dataTransfer.getData("text/plain"))
    })
  }
  for (const tile of element.querySelectorAll("[data-tile]")) {
    const button = document.createElement("button")
    Object.assign(button, { type: "button", className: "quiet", draggable: true })
    button.append(...tile.childNodes)
    button.addEventListener("click", () => fill(target(), button.textContent))
    button.addEventListener("dragstart", event => event.dataTransfer.setData("text/plain", button.textContent))
    tile.replaceChildren(button)
  }
}
