// Brings the learner's own steps into the project's text when they ask for them; the text stays the same for everyone.

export function start(element) {
  const link = element.querySelector("[data-codes-here]")
  link.addEventListener("click", async event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    try {
      show(link.closest("p"), await steps(link.href))
    } catch {
      location.assign(link.href)
    }
  })
  element.dataset.ready = ""
}

async function steps(address, options = {}) {
  const response = await fetch(address, { signal: AbortSignal.timeout(10_000), ...options })
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  const section = page.querySelector("[data-codes]")
  if (!section) throw new Error(`the server answered ${response.status}`)
  return document.adoptNode(section)
}

function show(old, section) {
  old.replaceWith(section)
  const form = section.querySelector("form")
  form.addEventListener("submit", async event => {
    event.preventDefault()
    try {
      show(section, await steps(form.action, { method: "POST", body: new FormData(form) }))
    } catch {
      form.submit()
    }
  })
  section.querySelector("textarea").focus()
}
