// Brings a question into the lesson when the reader asks for it; the lesson itself stays the same for everyone.

// The semicolon is what Django looks for when it puts the hashed name into an import.
import { questionIn, start as startQuestion, startParts } from "./question.js";

export function start(element) {
  const link = element.querySelector("[data-answer-here]")
  link.addEventListener("click", async event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    try {
      const { question } = await questionIn(await fetch(link.href, { signal: AbortSignal.timeout(10_000) }))
      element.replaceChildren(...question.childNodes)
      startQuestion(element)
      startParts(element)
      element.querySelector("[data-says], input:not([type=hidden], :disabled)")?.focus()
    } catch {
      location.assign(link.href)
    }
  })
}
