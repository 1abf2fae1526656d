// For somebody who comes back: the place in each mode, kept while the tab lives, and how far they are, on the switch.
const IS_KNOWN = /(^|; )learner\w*_known=/
const slugOf = path => path.replace(/^\/|\/$/g, "")
const lessonOf = path => path.split("/").slice(1, 3).join("/")
const PLACE = `place ${location.pathname}`
const headings = () => [...document.querySelectorAll("main :is(h2, h3)[id]")].filter(one => one.checkVisibility())

/** `nav` is the switch between the modes. */
export function start(nav) {
  if (isSwitched()) goBack()
  addEventListener("pagehide", keep)
  nav.dataset.ready = ""
  if (IS_KNOWN.test(document.cookie)) showProgress(nav)
}

/** Did another mode of this lesson lead here, by a link without a place of its own? */
function isSwitched() {
  const [load] = performance.getEntriesByType("navigation")
  if (load?.type !== "navigate" || location.hash || !document.referrer) return false
  const from = new URL(document.referrer)
  return from.origin === location.origin && lessonOf(from.pathname) === lessonOf(location.pathname)
}

/** The last heading above the screen's upper edge, and how far it is past. */
function keep() {
  const passed = headings().findLast(heading => heading.getBoundingClientRect().top < 1)
  try {
    if (!passed) sessionStorage.removeItem(PLACE)
    else sessionStorage.setItem(PLACE, JSON.stringify([passed.id, -passed.getBoundingClientRect().top]))
  } catch { /* then every mode begins at its top */ }
}

/** At once, without movement; the next Tab goes on from there. */
function goBack() {
  const [id, past] = kept() ?? []
  const heading = headings().find(one => one.id === id)
  if (!heading) return
  scrollTo({ top: scrollY + heading.getBoundingClientRect().top + past, behavior: "instant" })
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

const kept = () => { try { return JSON.parse(sessionStorage.getItem(PLACE)) } catch { return null } }

const say = (link, stand) => link.querySelector("small").append(`, ${stand}`)

async function showProgress(nav) {
  const { csrf, learner, progress } = await (await fetch("/me.json")).json()
  if (!learner) return
  for (const link of nav.querySelectorAll("a")) {
    const stand = progress[slugOf(link.pathname)]
    if (stand) say(link, stand)
  }
  if (progress[slugOf(location.pathname)]) return
  const { ok } = await fetch(`${location.pathname}progress/`, {
    method: "POST", headers: { "X-CSRFToken": csrf }, body: new URLSearchParams({ state: "begun" }),
  })
  if (ok) say(nav.querySelector("[aria-current]"), "begun")
}
