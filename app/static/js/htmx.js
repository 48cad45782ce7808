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

export { htmx }
