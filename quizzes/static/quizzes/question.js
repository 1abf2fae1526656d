// Sends an answer without leaving the page. Whatever goes wrong, the form is posted as it would be without script.

const PATIENCE_MS = 10_000

export function start(element) {
  const status = document.createElement("p")
  status.className = "vh"
  status.setAttribute("role", "status")
  element.after(status)
  element.addEventListener("submit", event => {
    event.preventDefault()
    answer(element, event.target, status)
  })
}

// The part of a question's page that is brought into another page, or swapped for its successor.
export async function questionIn(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  const question = page.querySelector("[data-question]")
  if (!question) throw new Error(`no question in the answer of ${response.url} (${response.status})`)
  return { question, progress: page.querySelector("[data-progress]") }
}

async function answer(element, form, status) {
  const button = form.querySelector("button")
  const body = new FormData(form)
  button.disabled = true
  status.textContent = "Sending your answer"
  try {
    const response = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS) })
    show(element, await questionIn(response))
    status.textContent = ""
  } catch {
    form.submit()
  }
}

function show(element, { question, progress }) {
  element.replaceChildren(...question.childNodes)
  const bar = document.querySelector("[data-progress]")
  if (bar && progress) bar.replaceChildren(...progress.childNodes)
  element.querySelector("[data-says]")?.focus()
}
