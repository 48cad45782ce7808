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

// Whoever pressed a button that the answer replaced goes on from what stands there now, not from the top of the page.
let stood = ""
document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  stood = document.activeElement !== document.body && target.contains(document.activeElement) ? target.id : ""
})
document.addEventListener("htmx:afterSettle", () => {
  if (stood && document.activeElement === document.body) document.getElementById(stood)?.focus({ preventScroll: true })
})

export { htmx }
