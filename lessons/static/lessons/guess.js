// A guess before reading on. Makes a form of the list of options; what follows is shown after a guess or a pass.
// The page is the same for everyone, so token and earlier guesses come from /me.json: at once only when this browser
// has written something before (a cookie says so, and nothing else), else with the first guess.
const IS_KNOWN = /(^|; )learner\w*_known=/

let asked
const me = () => (asked ??= fetch("/me.json").then(response => response.json()))

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

export async function start(element) {
  const box = element.querySelector(".yours")
  const form = formFor(element, box)
  box.replaceWith(form)
  element.querySelector("summary").hidden = true
  form.addEventListener("submit", event => {
    event.preventDefault()
    const choice = event.submitter?.value === "pass" ? "" : new FormData(form).get("guess")
    show(element, form, choice ? `You guessed: ${choice}.` : "You passed on the guess.")
    note(element, choice)
  })
  if (!IS_KNOWN.test(document.cookie)) return
  const { guesses, labs } = await me()
  if (!form.isConnected) return
  const earlier = guesses?.[element.dataset.slug]
  if (earlier) show(element, form, `You guessed: ${earlier}.`, false)
  else if (labs?.includes(element.dataset.lab)) show(element, form, "You have measured this in its lab.", false)
}

function formFor(element, box) {
  const options = [...box.querySelectorAll("li")].map(item => make("label", {},
    make("input", { type: "radio", name: "guess", value: item.textContent, required: true }), make("span", {}, ...item.childNodes)))
  const question = make("legend", {}, ...box.querySelector(".q").childNodes)
  return make("form", { className: "yours" },
    make("fieldset", { className: "inline" in element.dataset ? "inline" : "opts" }, question, ...options),
    make("p", { className: "row" },
      make("button", {}, "Note it and show"),
      make("button", { className: "quiet", value: "pass", formNoValidate: true }, "Just show me")))
}

function show(element, form, words, move = true) {
  const said = make("p", { className: "ui", tabIndex: -1 }, make("span", { className: "pencil" }, words))
  form.replaceWith(said)
  element.querySelector("details").open = true
  if (move) said.focus()
}

async function note(element, choice) {
  try {
    const response = await fetch("/guesses/", {
      method: "POST",
      headers: { "X-CSRFToken": (await me()).csrf },
      body: new URLSearchParams({ slug: element.dataset.slug, choice }),
    })
    if (!response.ok) throw new Error(`the server answered ${response.status}`)
  } catch (error) {
    const words = `Your guess could not be kept (${error.message}). It stands here until you leave the page.`
    element.querySelector("details").before(make("p", { className: "err ui", role: "alert" }, words))
  }
}
