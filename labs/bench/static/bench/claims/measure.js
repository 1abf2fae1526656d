// "Measure here": the claim's two arms in mixed order against this site's real endpoints, in the reader's own browser.
// The figures stay in this tab. Some of them a browser reports for a person's own click only: then each run is one.
import { watchClicks } from "../clicks.js";
import { untilSeen, watchPage } from "../metrics.js";
import { shuffled } from "../shuffled.js";
import { arrived, keep, leave, leaves, restore } from "./leaving.js";
import { pause, timed } from "./run.js";
import { showYours } from "./yours.js";

const IN_LINE_MS = 300

/** Bring the form of one claim to life. */
export function start(form) {
  watchClicks()
  watchPage()
  const page = pageOf(form)
  const fail = error => stop(page, `The measurement did not finish: ${error.message}. Press again.`)
  form.addEventListener("submit", event => submitted(page, event, fail))
  page.part("stop").addEventListener("click", () => { page.stopped = true })
  addEventListener("pageshow", event => { if (event.persisted) busy(page, false) })
  const ready = leaves(page.claim) ? goOn(page) : Promise.resolve()
  ready.catch(fail).finally(() => { form.dataset.ready = "" })
}

function pageOf(form) {
  const part = name => form.querySelector(`[data-${name}]`)
  const say = text => { if (part("status").textContent !== text) part("status").textContent = text }
  return { form, part, say, lab: form.getAttribute("action"), claim: JSON.parse(form.querySelector("#claim-data").textContent) }
}

function submitted(page, event, fail) {
  if (page.form.hasAttribute("data-busy") || !page.form.reportValidity()) return event.preventDefault()
  if (!page.left?.length) begin(page)
  busy(page, true)
  if (leaves(page.claim)) return leave(page, page.claim.by_hand)
  event.preventDefault()
  measure(page).catch(fail)
}

function begin(page) {
  const { arms, n } = page.claim
  page.left = shuffled(arms.flatMap(arm => Array(n).fill(arm)))
  page.total = page.left.length
  page.found = Object.fromEntries(arms.map(arm => [arm.slug, []]))
  page.stopped = false
  page.notes = new Set()
}

/** All runs, or with claims by hand the next one. Nothing is awaited between the click and a synchronous request. */
async function measure(page) {
  do {
    const figures = await oneRun(page, page.left[0], page.claim.by_hand)
    if (!figures) return
    take(page, figures)
  } while (page.left.length && !page.claim.by_hand && !page.stopped)
  finish(page)
}

/** A claim about a form post, on a page that such a post may have led to: take its figures, and send the next one. */
async function goOn(page) {
  if (!restore(page)) return
  const address = new URL(location.href)
  const field = page.form.querySelector("input[type=number]")
  field.value = address.searchParams.get(field.name) ?? field.value
  progress(page)
  busy(page, true)
  const figures = await arrived(page)
  if (figures && !figures.interrupted) take(page, figures)
  keep(page)
  if (document.hidden) await untilLookedAt(page)
  busy(page, false)
  if (figures && page.left.length && !page.claim.by_hand && !page.stopped) return page.form.requestSubmit()
  finish(page, figures ? "" : `${progressInWords(page)} Press to go on.`)
  keep(page)
}

function take(page, figures) {
  const arm = page.left.shift()
  page.found[arm.slug].push(figures[arm.figure] ?? null)
  progress(page)
}

/** The figures of one run, or null when the server refused it; the page then says why. */
async function oneRun(page, arm, byClick) {
  for (;;) {
    if (document.hidden) {
      await untilLookedAt(page)
      byClick = false
    }
    const run = await timed(page, arm, byClick)
    if (run.ok && !run.figures.interrupted) return run.figures
    if (run.ok) continue
    if (!run.answer.in_line) return refuse(page, run.answer)
    page.say("In line: others are measuring. Yours starts as soon as a place is free.")
    await pause(IN_LINE_MS)
    byClick = false
  }
}

function untilLookedAt(page) {
  page.say("This tab is in the background, where browsers slow pages down. It goes on when you look again.")
  return untilSeen()
}

function refuse(page, answer) {
  const words = answer.reason ?? Object.values(answer.problems ?? {}).join(" ")
  if (answer.html) page.part("trouble").innerHTML = answer.html
  stop(page, words || "The run was not made. Nothing is lost; press again when the part is back.")
  return null
}

function progress(page) {
  page.part("progress").value = (page.total - page.left.length) / page.total
  page.say(progressInWords(page))
}

const progressInWords = page => `${page.total - page.left.length} of ${page.total} runs made.`

function finish(page, words) {
  const made = page.total - page.left.length
  const isOver = !page.left.length || page.stopped
  if (isOver || page.claim.by_hand) showYours(page.part("yours"), page.claim, page.found, page.notes, isOver)
  if (words) page.say(words)
  if (page.stopped) page.say(`Stopped after ${made} of ${page.total} runs. What was measured stands here.`)
  page.part("answer").firstElementChild.textContent = ""
  page.part("button").textContent = page.claim.by_hand ? `Click for run ${isOver ? 1 : made + 1}` : isOver ? "Measure again" : "Go on"
  if (page.stopped) page.left = []
  busy(page, false)
}

function stop(page, words) {
  page.left = []
  page.say(words)
  busy(page, false)
}

function busy(page, is) {
  page.form.toggleAttribute("data-busy", is)
  page.part("stop").hidden = !is || page.claim.by_hand
  page.part("progress").hidden = !is && !page.left?.length
  page.form.querySelector("button").setAttribute("aria-disabled", is)
  if (is) page.part("trouble").replaceChildren()
}
