// The page says so at once, and asks meanwhile.
import { form, post, show } from "./probe.js"

form.addEventListener("submit", event => {
  event.preventDefault()
  show("Sent.")
  post()
})
