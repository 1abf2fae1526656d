// The reader's own figures beside the record, and what they say.
import { holds, printed, spreadOf } from "./verdict.js";

const WORDS = {
  true: "It holds here too.",
  false: "It does not hold in these runs. Few runs can mislead: measure again.",
  null: "Too few runs had this figure to say whether it holds.",
}

/** Print what was found, by arm; `notes` are sentences about runs that went another way. `isOver`: no run is to come. */
export function showYours(place, { arms, must }, found, notes, isOver) {
  const spreads = Object.fromEntries(arms.map(arm => [arm.slug, spreadOf(found[arm.slug], arm.unreported)]))
  const words = isOver ? WORDS[holds(must, spreads)] : "Not decided yet: go on clicking."
  place.replaceChildren(
    element("h3", {}, "Yours, in this browser"),
    ...arms.map(arm => row(arm.label, spreads[arm.slug], arm.unit)),
    element("p", {}, element("strong", {}, words)),
    ...[...notes].map(note => element("p", { className: "err" }, note)),
  )
  place.hidden = false
}

function row(label, spread, unit) {
  if (!spread) return element("p", {}, `${label}: `, element("span", { className: "soft" }, "not reported"))
  const { median, low, high, n } = spread
  return element("p", {}, `${label}: `, element("strong", {}, printed(median, unit)), ` (${printed(low)} to ${printed(high, unit)}, n ${n})`)
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}
