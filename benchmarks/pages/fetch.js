// The page asks, waits without standing still, and then says so.
import { form, post, show } from "./probe.js"

form.addEventListener("submit", async event => {
  event.preventDefault()
  await post()
  show("Sent.")
})
