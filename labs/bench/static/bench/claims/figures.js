// The figures of one run, under the names that claims use: from this page's own observers, from the request's entry,
// and from what the server's parts wrote down.
import { clickParts, reportsClicks } from "../clicks.js";
import { reportedBetween } from "../metrics.js";

const UNREPORTED_EVENT_MS = 16 // a click without an entry took less than this, where clicks are reported at all

/** What the browser alone knows once the text is painted at `seenAt` (performance.now). */
export async function browserFigures({ began, handled, byClick, seenAt, received, meter, mutations, address }) {
  const parts = byClick ? await clickParts(handled) : {}
  const reported = reportedBetween(began, Math.max(received, seenAt ?? 0))
  return {
    final_text_ms: seenAt && seenAt - began,
    freeze_ms: meter.frame_gap_ms,
    long_task_ms: reported.long_task_ms,
    inp_ms: byClick && reportsClicks() ? parts.event_ms ?? UNREPORTED_EVENT_MS : undefined,
    processing_ms: parts.processing_ms,
    dom_operations: mutations,
    ...requestFigures(address),
  }
}

/** What the run's own state adds: how long each part was busy, and when the mail arrived. `sentAfter`: ms since the click. */
export function serverFigures(state, known, sentAfter) {
  const span = lane => {
    const found = state.spans.find(one => one.lane === lane)
    return found && found.end_ms - found.start_ms
  }
  const arrived = state.moments.find(moment => moment.what === "the mail has arrived")
  const mailSpan = span("mail")
  return {
    redis_ms: span("redis"),
    worker_ms: span("worker"),
    mail_span_ms: mailSpan,
    mail_arrived_ms: arrived && arrived.at_ms + sentAfter,
    waiting_rest_ms: difference(known.waiting_ms, known.mail_ms),
    all_else_ms: difference(known.final_text_ms, mailSpan),
  }
}

function requestFigures(address) {
  const entry = performance.getEntriesByType("resource").findLast(one => one.name === address)
  if (!entry) return {}
  const timing = Object.fromEntries((entry.serverTiming ?? []).map(one => [one.name, one.duration]))
  return { waiting_ms: entry.responseStart - entry.requestStart, mail_ms: timing.mail, publish_ms: timing.publish }
}

const difference = (whole, part) => (whole === undefined || part === undefined ? undefined : whole - part)
