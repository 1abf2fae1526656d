// fetch, then update: the page goes on painting while it waits, and says so when the answer is here.

/** One run: when it was sent and answered (performance.now), the answer, and when its text was painted. */
export async function send({ address, body, show }) {
  const sent = performance.now()
  const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } })
  const answer = await response.json()
  const received = performance.now()
  return { sent, received, ok: response.ok, answer, painted: response.ok && show(received - sent) }
}
