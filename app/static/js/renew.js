// Exchanges an entry or a comment for how it reads now, in place.
import { Idiomorph } from "idiomorph"
import { htmx } from "./htmx.js"

export function renew(shown, fresh) {
  // Not while one writes in it: the text would lose its caret.
  if (shown === fresh || shown.contains(document.activeElement?.closest("form"))) return
  // A comment's answers are exchanged one by one: only what it says itself is taken from it.
  const own = shown.matches(".comment") ? ":scope > .comment-self" : null
  const [from, to] = own ? [shown.querySelector(own), fresh.querySelector(own)] : [shown, fresh]
  Idiomorph.morph(from, to, { ignoreActiveValue: true })
  htmx.process(shown)
}
