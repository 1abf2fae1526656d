// An answer that was written and not yet counted, kept in this browser under the question and the try it is meant for.

const OURS = ["csrfmiddlewaretoken", "seal", "round", "try", "took_ms", "hinted", "ask"]

export function keep(element) {
  const form = element.querySelector("form[data-draft]")
  if (!form?.dataset.draft) return
  const fields = [...new FormData(form)].filter(([name]) => !OURS.includes(name))
  try { localStorage.setItem(key(form), JSON.stringify(fields)) } catch { /* a browser that keeps nothing */ }
}

// Only into a form as it came from the server untouched: what the server shows again is newer.
export function restore(element) {
  const form = element.querySelector("form[data-draft]")
  if (!form?.dataset.draft || element.querySelector("[role=alert]")) return
  const kept = read(form)
  if (kept.length === 0) return
  const left = new Map()
  for (const [name, value] of kept) left.set(name, [...(left.get(name) ?? []), value])
  for (const field of form.elements) if (left.has(field.name)) fill(field, left.get(field.name))
  form.dispatchEvent(new CustomEvent("draft", { bubbles: true }))
}

export function forget(form) {
  try { localStorage.removeItem(key(form)) } catch { /* nothing was kept */ }
}

function fill(field, values) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value)
  else if (field.type !== "hidden" && values.length > 0) field.value = values.shift()
}

function read(form) {
  try { return JSON.parse(localStorage.getItem(key(form)) ?? "[]") } catch { return [] }
}

function key(form) { return `answer ${form.dataset.draft}` }
