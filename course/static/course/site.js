// The one entry module of every page. An element names the module that brings it to life in data-module; it is loaded
// when the element comes near the screen, so a first view pays for nothing that the reader has not reached.
const NEAR = "300px"

const observer = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue
    observer.unobserve(target)
    import(target.dataset.module).then(module => module.start(target))
  }
}, { rootMargin: NEAR })

for (const element of document.querySelectorAll("[data-module]")) observer.observe(element)

// What only a click needs is loaded when somebody points at it or comes to it with Tab. A click that is faster waits for
// it and is then made again; if it cannot be loaded, the link leads on.
for (const element of document.querySelectorAll("[data-clicked]")) {
  const load = () => import(element.dataset.clicked)
  const click = async event => {
    const pressed = event.target.closest("a, button")
    if (!pressed || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (element.ariaBusy) return
    element.ariaBusy = "true"
    await load().then(module => module.start(element)).catch(() => {})
    element.removeEventListener("click", click)
    element.ariaBusy = null
    pressed.click()
  }
  element.addEventListener("click", click)
  for (const near of ["pointerover", "focusin"]) element.addEventListener(near, () => load().catch(() => {}), { once: true })
}

// What matters only to somebody who has been here before, or reads on, is loaded once one of the two is so.
const IS_KNOWN = /(^|; )learner\w*_known=/
const hasNoted = () => { try { return sessionStorage.length > 0 } catch { return false } }

for (const element of document.querySelectorAll("[data-returning]")) {
  const load = () => import(element.dataset.returning).then(module => module.start(element))
  if (IS_KNOWN.test(document.cookie) || hasNoted()) load()
  else addEventListener("scroll", load, { once: true, passive: true })
}
