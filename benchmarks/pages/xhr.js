// The page itself stands still until the answer is here: a synchronous XMLHttpRequest.
import { click, form, show } from "./probe.js"

form.addEventListener("submit", event => {
  event.preventDefault()
  const request = new XMLHttpRequest()
  request.open("POST", form.action, false)
  request.setRequestHeader("Accept", "application/json")
  request.send(new FormData(form))
  click.answer = JSON.parse(request.responseText)
  show("Sent.")
})
