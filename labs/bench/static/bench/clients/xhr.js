// A synchronous XMLHttpRequest: the page's one thread stands still until the answer is here. Nobody should write this.

/** One run; see fetch.js. Everything up to the text happens inside the click. */
export async function send({ address, body, show }) {
  const request = new XMLHttpRequest()
  request.open("POST", address, false)
  request.setRequestHeader("Accept", "application/json")
  const sent = performance.now()
  request.send(body)
  const received = performance.now()
  const ok = request.status < 400
  return { sent, received, ok, answer: JSON.parse(request.responseText), painted: ok && show(received - sent) }
}
