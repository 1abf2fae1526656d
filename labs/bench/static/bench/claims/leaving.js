// Claims about a form post: each run leaves the claim's page, and the browser comes back to it with the answer. What is
// left to do, and what was found so far, is kept in this tab meanwhile.
import { newestClick } from "../clicks.js";
import * as formClient from "../clients/form.js";
import { startMeter } from "../metrics.js";
import { runAddress, tell, untilDone } from "./run.js";

const LEFT_KEY = "brokered-claim-left"
const keyOf = page => `brokered-claim:${page.claim.id}`

/** Do all arms of this claim leave the page? */
export const leaves = claim => claim.arms.every(arm => arm.client === "form")

/** Send the next run: called while the form is being submitted, which goes on. */
export function leave(page, byClick) {
  const handled = performance.now()
  const began = byClick ? Math.min(newestClick() || handled, handled) : handled
  page.form.action = runAddress(page, page.left[0])
  page.form.elements.back.value = `claims/${page.claim.id}`
  keep(page)
  formClient.send({ form: page.form, key: LEFT_KEY, began, handled, byClick, stopMeter: startMeter(began) })
}

/** Bring back what this tab had found and had still to do. Whether there was anything. */
export function restore(page) {
  const kept = read(keyOf(page))
  if (!kept?.left.length) return false
  const arm = slug => page.claim.arms.find(one => one.slug === slug)
  Object.assign(page, { ...kept, left: kept.left.map(arm), notes: new Set(kept.notes) })
  return true
}

/** The figures of the run that led back to this page, once its mail has arrived; null when none did. */
export async function arrived(page) {
  if (!read(LEFT_KEY)) return null
  const back = await formClient.arrive(LEFT_KEY)
  if (!back) return null
  document.getElementById(back.focus)?.focus({ preventScroll: true })
  const { measured } = back
  const state = await tell(page, new URL(`${page.lab}runs/${back.run}/browser/`, location.href), back)
  await untilDone(page, state)
  return {
    final_text_ms: measured.feedback_ms,
    ttfb_ms: measured.ttfb_ms,
    lcp_ms: measured.lcp_ms,
    freeze_ms: measured.frame_gap_ms,
    inp_ms: measured.event_ms ?? undefined,
    interrupted: measured.interrupted,
  }
}

/** Keep what is left and what was found; nothing is left of it when all runs are made. */
export function keep(page) {
  const { left, total, found, notes } = page
  write(keyOf(page), { left: left.map(arm => arm.slug), total, found, notes: [...notes] })
}

const read = key => { try { return JSON.parse(sessionStorage.getItem(key)) } catch { return null } }
const write = (key, value) => sessionStorage.setItem(key, JSON.stringify(value))
