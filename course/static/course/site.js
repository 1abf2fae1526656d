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

// What matters only to somebody who has been here before, or reads on, is loaded once one of the two is so.
const IS_KNOWN = /(^|; )learner\w*_known=/
const hasNoted = () => { try { return sessionStorage.length > 0 } catch { return false } }

for (const element of document.querySelectorAll("[data-returning]")) {
  const load = () => import(element.dataset.returning).then(module => module.start(element))
  if (IS_KNOWN.test(document.cookie) || hasNoted()) load()
  else addEventListener("scroll", load, { once: true, passive: true })
}
