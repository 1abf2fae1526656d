// The measured parts of a page ([data-swap]) are asked for again and put in place of the old ones.
import { showEverything } from "./stages.js";
import { carryOver } from "./unsaved.js";

/** Ask for the page at `address` again. What was opened or written in `root` stays so. */
export async function freshenParts(root, address) {
  const answer = await fetch(address)
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const open = [...root.querySelectorAll("details[open][data-keep]")].map(part => part.dataset.keep)
  for (const part of root.querySelectorAll("[data-swap]")) {
    const fresh = page.querySelector(`[data-swap="${part.dataset.swap}"]`)
    if (!fresh) continue
    const afterwards = carryOver(part, fresh)
    part.replaceWith(document.adoptNode(fresh))
    afterwards()
  }
  showEverything(root)
  for (const name of open) root.querySelector(`details[data-keep="${name}"]`)?.setAttribute("open", "")
}
