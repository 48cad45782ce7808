// What became of a form that was sent and not saved: words beside its file, and what there is to press.
import { word } from "../words.js"
import { answerOf } from "./send.js"

const isGone = (file) => file.slice(0, 1).arrayBuffer().then(() => false, () => true)

/** The server as it is now, asked for the page the form stands on: 0 when it cannot be reached. */
async function ask() {
  try {
    return await fetch(location.href, { headers: { "HX-Request": "true" } })
  } catch {
    return { status: 0 }
  }
}

/** No answer came. The reason may be the file itself, or that nobody is signed in and the server would not listen on. */
async function silence(input, wasSent) {
  const file = input.files[0]
  if (file && await isGone(file)) return { text: word("file_changed") }
  const { status } = await ask()
  if (status === 401) return refused(401)
  return { text: word(wasSent ? "answer_lost" : "connection_lost"), offers: ["again"] }
}

function refused(status) {
  if (status === 401) return { text: word("signed_out"), offers: ["sign-in", "again"], isStale: true }
  return { text: word("form_renewed"), offers: ["again"], isStale: true }
}

/** → {text, offers, isStale}: a stale form needs a new token before it is sent again. */
export async function outcome(request, input, wasSent) {
  const { status } = request
  if (status === 0) return silence(input, wasSent)
  if (status === 400 || status === 401) return refused(status)
  if (status >= 502) return { text: word("server_away"), offers: ["again"] }
  const { error, detail } = answerOf(request)
  const words = error && [error, detail].filter(Boolean).join(". ")
  if (status === 413) return { text: words || input.closest("[data-drop]").dataset.tooLarge }
  return { text: words || word("failed"), offers: ["again"] }
}

/** Takes a new token from the page: the person has signed in again, or the session is another one. None if not. */
export async function renewedToken() {
  const answer = await ask()
  const page = new DOMParser().parseFromString(answer.status === 200 ? await answer.text() : "", "text/html")
  const token = page.querySelector("meta[name=csrf-token]")?.content
  if (token) document.querySelector("meta[name=csrf-token]").content = token
  return token
}

export async function renewToken(form) {
  const token = await renewedToken()
  if (token) form.elements.csrf_token.value = token
}
