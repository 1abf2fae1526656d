// A clock that counts up, for whoever asks for it. That it is wanted is remembered; a new tab begins at zero.

const WANTED = "stopwatch"
const SINCE = "stopwatch since"

export function start(element) {
  const clock = document.createElement("span")
  clock.setAttribute("role", "timer")
  clock.setAttribute("aria-label", "Time so far")
  const button = document.createElement("button")
  Object.assign(button, { type: "button", className: "quiet" })
  let timer = 0

  const tick = () => { clock.textContent = inWords(Date.now() - Number(kept(sessionStorage, SINCE))) }
  const run = () => {
    if (!kept(sessionStorage, SINCE)) keep(sessionStorage, SINCE, Date.now())
    button.textContent = "Take the clock away"
    element.insertBefore(clock, button)
    tick()
    timer = setInterval(tick, 1000)
  }
  const rest = () => {
    clearInterval(timer)
    clock.remove()
    button.textContent = "Show a clock"
  }

  button.addEventListener("click", () => {
    const isWanted = !clock.isConnected
    keep(localStorage, WANTED, isWanted ? "yes" : null)
    keep(sessionStorage, SINCE, null)
    if (isWanted) run()
    else rest()
  })
  element.append(button)
  if (kept(localStorage, WANTED)) run()
  else rest()
}

/** 65 000 ms as "1:05". */
function inWords(ms) {
  const s = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`
}

/** What a browser that stores nothing keeps is kept for as long as the page is open. */
const memory = new Map()

function keep(storage, name, value) {
  memory.set(name, value)
  try {
    if (value === null) storage.removeItem(name)
    else storage.setItem(name, value)
  } catch { /* see memory */ }
}

function kept(storage, name) {
  try {
    return storage.getItem(name) ?? memory.get(name)
  } catch {
    return memory.get(name)
  }
}
