// A place to write: what a composer's parts share, and what happens when it is sent.
import { behave } from "../behave.js"
import { complete } from "./completion.js"
import { keepDraft } from "./draft.js"
import { preview } from "./preview.js"
import { tools } from "./tools.js"
import { uploads } from "./upload.js"
import { insertComment } from "../thread.js"
import { word } from "../words.js"

behave("[data-composer]", (form, signal) => {
  const text = form.querySelector("textarea")
  const draft = keepDraft(form, text, signal)
  const showText = preview(form, text, signal)
  tools(form, text, signal)
  uploads(form, text, signal)
  complete(form, text, signal)

  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.requestSubmit()
  }, { signal })

  // What becomes something else goes there as a plain form: htmx would put its page into the stream.
  form.querySelector("[data-plainly]")?.addEventListener("click", (event) => {
    event.preventDefault()
    const { action } = form
    form.action = event.currentTarget.formAction
    form.submit()
    form.action = action
  }, { signal })

  let sent = null
  let isByKey = false
  form.addEventListener("htmx:beforeRequest", () => {
    sent = text.value
    isByKey = Boolean(form.querySelector("button:focus-visible"))
  }, { signal })

  // Before the answer is put anywhere: sent means the draft is done with; refused means everything stays, and so does
  // what was written while the answer was on its way.
  form.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    if (detail.xhr.status >= 300 || text.value !== sent) return
    draft.clear()
    if (!form.hasAttribute("hx-post")) return
    showText()
    form.reset()
    text.value = ""
    form.querySelector(".composer-error")?.remove()
    text.removeAttribute("aria-invalid")
    // The button that was pressed goes out of sight with what was written.
    if (isByKey) text.focus({ preventScroll: true })
  }, { signal })
})

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig.elt.closest?.("[data-composer][hx-post]")
  if (!form) return
  if (detail.xhr.status === 422) {
    detail.shouldSwap = false
    refuse(form, detail.serverResponse)
    return
  }
  settle(detail)
  if (form.dataset.answer) form.closest(".composer-sizes").remove()
})

/** Says why below the text, which stays as it was; the reason is taken from whatever the server answered. */
function refuse(form, html) {
  const template = document.createElement("template")
  template.innerHTML = html
  const text = form.querySelector("textarea")
  const reason = form.querySelector(".composer-error") ?? document.createElement("p")
  reason.className = "composer-error"
  reason.id = `${form.id}-error`
  reason.setAttribute("role", "alert")
  reason.textContent = template.content.querySelector(".composer-error, .field-error")?.textContent.trim() || word("failed")
  text.after(reason)
  text.setAttribute("aria-invalid", "true")
  text.setAttribute("aria-describedby", reason.id)
  text.focus()
}

/** The socket may have been faster than the answer: then the entry is already there and is not put in twice. */
function settle(detail) {
  const template = document.createElement("template")
  template.innerHTML = detail.serverResponse
  const entry = template.content.querySelector("[data-entry]")
  if (!entry) return
  if (entry.matches(".comment")) {
    insertComment(entry, entry.dataset.thread)
    detail.shouldSwap = false
  } else if (document.getElementById(entry.id)) {
    detail.shouldSwap = false
  }
}
