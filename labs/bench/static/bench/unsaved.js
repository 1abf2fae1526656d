// A part of the page is replaced by a fresh one: what somebody has written in it and not yet sent goes along,
// and so does what was asked for there by hand ([data-carry]).

/** Carry everything unsaved from `old` to `fresh`, before `fresh` takes its place. Returns what to do afterwards. */
export function carryOver(old, fresh) {
  for (const field of old.querySelectorAll("textarea[id], input[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(field.id)}`)
    if (!same) continue
    if (field.value !== field.defaultValue) same.value = field.value
    if (field.checked !== field.defaultChecked) same.checked = field.checked
  }
  for (const part of old.querySelectorAll("[data-carry]")) {
    if (part.childElementCount) fresh.querySelector(`[data-carry="${part.dataset.carry}"]`)?.replaceWith(part)
  }
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  const [from, to] = [focused?.selectionStart, focused?.selectionEnd]
  return () => {
    const same = focused?.id && document.getElementById(focused.id)
    if (!same) return
    same.focus({ preventScroll: true })
    if (from !== null && from !== undefined) same.setSelectionRange(from, to)
  }
}
