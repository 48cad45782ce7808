// Long forms with data-keep="review-new" keep what was typed until it is sent, through reloads and a session that ended.
import { behave } from "./behave.js"
import { draftOf } from "./drafts.js"
import { word } from "./words.js"

const KEEP = 400
const SENT = "sent-form"
const kept = (field) => field.name && field.name !== "csrf_token" && !["file", "hidden", "password", "submit"].includes(field.type)
const fieldsOf = (form) => [...form.elements].filter(kept)
const valueOf = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value)

function setValue(field, value) {
  if (["checkbox", "radio"].includes(field.type)) field.checked = value
  else field.value = value
}

function remember(form) {
  return { values: fieldsOf(form).map((field) => [field.name, valueOf(field)]) }
}

function bringBack(form, values) {
  fieldsOf(form).forEach((field, index) => {
    if (values[index]?.[0] === field.name) setValue(field, values[index][1])
  })
}

function tell(form, draft, before) {
  const note = document.createElement("p")
  const afresh = document.createElement("button")
  note.className = "row soft"
  note.role = "status"
  afresh.type = "button"
  afresh.className = "button button--quiet button--small"
  afresh.textContent = word("start_afresh")
  afresh.addEventListener("click", () => {
    draft.clear()
    bringBack(form, before)
    note.remove()
  })
  note.append(word("draft_back"), " ", afresh)
  form.prepend(note)
}

behave("form[data-keep]", (form, signal) => {
  const draft = draftOf(form.dataset.keep)
  const before = remember(form).values
  let timer = 0
  sessionStorage.removeItem(SENT)

  const restore = (found) => {
    // What the server sent back beside its errors is newer than any draft.
    if (!found || form.querySelector(".field-error:not([hidden])")) return
    if (JSON.stringify(found.values) === JSON.stringify(before)) return
    bringBack(form, found.values)
    tell(form, draft, before)
  }
  const mine = draft.read()
  mine ? restore(mine) : draft.adopt().then(restore)

  form.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(() => draft.write(remember(form)), KEEP)
  }, { signal })
  addEventListener("pagehide", () => {
    if (timer && !sessionStorage.getItem(SENT)) draft.write(remember(form))
  }, { signal })
  // A form that is sent in the background says itself when it was taken; of any other the next page tells.
  form.addEventListener("quarterdeck:sent", () => {
    clearTimeout(timer)
    timer = 0
    draft.clear()
  }, { signal })
  if (!("uploadForm" in form.dataset)) {
    form.addEventListener("submit", () => {
      clearTimeout(timer)
      draft.write(remember(form))
      sessionStorage.setItem(SENT, form.dataset.keep)
    }, { signal, capture: true })
  }
})

// The page after a form was sent: without the form, and not the door, it means that all was taken.
const sent = sessionStorage.getItem(SENT)
if (sent && document.querySelector("body[data-live]") && !document.querySelector(`form[data-keep="${sent}"]`)) {
  draftOf(sent).clear()
  sessionStorage.removeItem(SENT)
}
