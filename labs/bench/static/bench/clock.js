// The server's clock, by exchanges of four stamps: the one with the shortest round trip is the surest, and half of that
// round trip is how far it may be off. Never taken between a click and its answer.
const EXCHANGES = 8
const FRESH_MS = 60_000 // a clock that was set or slept since may have moved; so a tab that was hidden asks again
let known = null

document.addEventListener("visibilitychange", () => { known = null })

/** Ask for the time at the first sign of the reader in `root`; gives way to a run (`isBusy`). */
export function watchClock(root, isBusy) {
  const ask = () => { ask.asked ??= exchanges(isBusy).catch(() => null) }
  for (const sign of ["pointerover", "focusin"]) root.addEventListener(sign, ask, { once: true, passive: true })
}

/** { offsetS, errorS } of the server's clock against this one, asked again when it is too old. Null: no answer. */
export async function agreedClock() {
  if (!known || performance.now() - known.at > FRESH_MS) await exchanges(() => false).catch(() => null)
  return known
}

async function exchanges(isBusy) {
  let best = null
  for (let made = 0; made < EXCHANGES; made += 1) {
    if (isBusy() || document.hidden) return
    const one = await exchange()
    if (!best || one.errorS < best.errorS) best = one
  }
  known = best
}

async function exchange() {
  const asked = epochS()
  const response = await fetch("/labs/clock.json", { cache: "no-store" })
  const answered = epochS()
  const { received, sent } = await response.json()
  return {
    at: performance.now(),
    offsetS: (received - asked + sent - answered) / 2,
    errorS: Math.max(0, answered - asked - (sent - received)) / 2,
  }
}

const epochS = () => (performance.timeOrigin + performance.now()) / 1000
