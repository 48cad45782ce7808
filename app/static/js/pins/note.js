// What a comment that is being written will point at: hidden fields of its composer, and a note above it that says so.
import { behave } from "../behave.js"

const NAMES = ["x", "y", "w", "h", "at"]
const composerOf = (thread) => thread.querySelector("[data-composer]:not([data-answer])")

/** Empties the fields of a composer that say where its comment points. */
export function pointNowhere(composer) {
  for (const name of NAMES) {
    const field = composer.elements.namedItem(name)
    if (field) field.value = ""
  }
}

/** Points the next comment of a thread at `place` ({x, y, w, h} or {at}), says so in `text`, and lets one write. */
export function pointAt(thread, place, text) {
  const composer = composerOf(thread)
  pointNowhere(composer)
  for (const [name, value] of Object.entries(place)) composer.elements.namedItem(name).value = value
  thread.querySelector("[data-pin-note-text]").textContent = text
  thread.querySelector("[data-pin-note]").hidden = false
  composer.querySelector("textarea").focus()
}

function takeOff(thread) {
  pointNowhere(composerOf(thread))
  thread.querySelector("[data-pin-note]").hidden = true
  thread.dispatchEvent(new CustomEvent("pin:off", { bubbles: true }))
}

behave("[data-pin-note]", (note, signal) => {
  const thread = note.closest("[data-thread-of]")
  note.querySelector("[data-pin-off]").addEventListener("click", () => {
    takeOff(thread)
    composerOf(thread).querySelector("textarea").focus()
  }, { signal })
  composerOf(thread).addEventListener("htmx:afterOnLoad", ({ detail }) => {
    if (detail.xhr.status < 300) takeOff(thread)
  }, { signal })
})
