// fetch with the text first: the page says at once what it expects, and takes it back when the answer says otherwise.

/** One run; see fetch.js. */
export async function send({ address, body, show, takeBack }) {
  const sent = performance.now()
  const painted = show()
  const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } })
  const answer = await response.json()
  if (!response.ok) takeBack()
  return { sent, received: performance.now(), ok: response.ok, answer, painted }
}
