// From figures to a verdict: medians, and whether what must hold between them does (labs/bench/claims/claim.py).

/** Median and spread of those values that there are; null when fewer than half of them are. */
export function spreadOf(values, unreported) {
  const known = values.map(value => value ?? unreported).filter(value => value !== null && value !== undefined)
  if (!known.length || known.length < values.length / 2) return null
  const sorted = known.sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { median, low: sorted[0], high: sorted.at(-1), n: sorted.length }
}

/** Whether the medians (by arm) bear the claim out; null while one of them is missing. */
export function holds(must, spreads) {
  const median = slug => spreads[slug]?.median
  const [one, other] = [median(must.greater ?? must.one), median(must.lesser ?? must.other)]
  if (one === undefined || other === undefined) return null
  if (must.kind === "at-least") return one >= must.times * other
  if (must.kind === "more-by") return one >= other + must.margin
  return Math.abs(one - other) <= must.margin
}

/** A figure as it is printed beside ours. */
export function printed(value, unit) {
  const size = Math.abs(value)
  const digits = size >= 10 || Number.isInteger(value) ? value.toFixed(0) : size >= 1 ? value.toFixed(1) : value.toPrecision(2)
  return unit ? `${digits}\u00a0${unit}` : digits
}
