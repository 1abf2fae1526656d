// What htmx does, in a few lines: the server answers with a piece of HTML, which takes the place of an element.

/** One run; see fetch.js. The fragment names the run in its data attributes. */
export async function send({ address, body, place, painted }) {
  const sent = performance.now()
  const response = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } })
  if (!response.ok) return { sent, received: performance.now(), ok: false, answer: await response.json() }
  const fragment = await response.text()
  const received = performance.now()
  place().outerHTML = fragment
  return { sent, received, ok: true, answer: { ...place().dataset }, painted: painted() }
}
