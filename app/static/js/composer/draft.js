// What one has begun to write survives a reload, per person and place; it goes when it was sent.
import { draftOf } from "../drafts.js"
import { word } from "../words.js"

const KEEP = 400

export function keepDraft(form, text, signal) {
  const draft = draftOf(form.dataset.draftKey)
  const title = form.querySelector(".composer-title")
  const note = form.querySelector("[data-draft-note]")
  let timer = 0
  let isUnsaved = false

  const clear = () => {
    clearTimeout(timer)
    isUnsaved = false
    draft.clear()
    if (note) note.textContent = ""
  }

  function save() {
    isUnsaved = false
    if (!text.value.trim() && !title?.value.trim()) return clear()
    draft.write({ text: text.value, title: title?.value })
    if (note) note.textContent = word("draft_kept")
  }

  function restore(kept) {
    if (!kept || text.value) return
    text.value = kept.text
    if (title && !title.value) title.value = kept.title ?? ""
    if (note) note.textContent = word("draft_back")
  }

  const mine = draft.read()
  mine ? restore(mine) : draft.adopt().then(restore)

  form.addEventListener("input", () => {
    clearTimeout(timer)
    isUnsaved = true
    timer = setTimeout(save, KEEP)
  }, { signal })
  addEventListener("pagehide", () => isUnsaved && form.isConnected && save(), { signal })
  return { clear }
}
