// Beside a form that begins something: what colleagues have already tried of this sort, found while one types.
// <div data-similar="/similar" data-similar-form="…">: asks with the form's title, programme, channels, region, segment.
import { behave } from "./behave.js"
import { fragment } from "./http.js"

const WAIT = 500
const NAMES = {
  title: "q", claim: "q", name: "q", goal: "programme", programme: "programme", channels: "channel", channel: "channel",
  region: "region", segment: "segment", stage: "stage",
}

function question(form) {
  const asked = new URLSearchParams()
  for (const [field, name] of Object.entries(NAMES)) {
    const value = form.elements[field]?.value?.trim()
    if (value) asked.set(name, [asked.get(name), value].filter(Boolean).join(name === "q" ? " " : ", "))
  }
  return asked
}

behave("[data-similar]", (place, signal) => {
  const form = document.querySelector("main form[method=post].stack")
  let timer = 0
  let asking = new AbortController()
  let last = ""

  async function look() {
    const asked = question(form).toString()
    if (asked === last) return
    last = asked
    asking.abort()
    asking = new AbortController()
    const content = asked ? await fragment(`${place.dataset.similar}?${asked}`, asking.signal).catch(() => null) : null
    if (content) place.replaceChildren(content)
  }

  form?.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(look, WAIT)
  }, { signal })
  if (form) look()
})
