// htmx with morphing, the token on every change, and a plain word when a request fails.
import htmx from "htmx.org"
import "idiomorph/htmx"
import { csrfToken } from "./http.js"
import { toast } from "./toast.js"
import { word } from "./words.js"

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken()
})

document.addEventListener("htmx:responseError", ({ detail }) => {
  toast(word({ 403: "forbidden", 404: "gone", 413: "too_large", 429: "too_often" }[detail.xhr.status] ?? "failed"))
})

document.addEventListener("htmx:sendError", () => toast(word("offline")))

// Whoever pressed a button that the answer replaced goes on from the same button as it is now, or from what holds it;
// not from the top of the page.
let places = []
document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  const held = document.activeElement
  const action = held.getAttribute("formaction")
  places = held === document.body || !target.contains(held) ? []
    : [action && `[formaction="${CSS.escape(action)}"]`, target.id && `#${CSS.escape(target.id)}`].filter(Boolean)
})
document.addEventListener("htmx:afterSettle", () => {
  const now = document.activeElement === document.body && places.map((each) => document.querySelector(each)).find(Boolean)
  if (!now) return
  if (!now.matches("a, button, input, [tabindex]")) now.tabIndex = -1
  now.focus({ preventScroll: true })
})

export { htmx }
