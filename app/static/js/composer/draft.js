// What one has begun to write survives a reload, per person and place; it goes when it was sent.
import { word } from "../words.js"

const KEEP = 400

export function keepDraft(form, text, signal) {
  const key = `draft:${document.documentElement.dataset.person ?? ""}:${form.dataset.draftKey}`
  const title = form.querySelector(".composer-title")
  const note = form.querySelector("[data-draft-note]")
  let timer = 0
  let isUnsaved = false

  const clear = () => {
    clearTimeout(timer)
    isUnsaved = false
    localStorage.removeItem(key)
    if (note) note.textContent = ""
  }

  function save() {
    isUnsaved = false
    if (!text.value.trim() && !title?.value.trim()) return clear()
    localStorage.setItem(key, JSON.stringify({ text: text.value, title: title?.value }))
    if (note) note.textContent = word("draft_kept")
  }

  const kept = JSON.parse(localStorage.getItem(key) ?? "null")
  if (kept && !text.value) {
    text.value = kept.text
    if (title && !title.value) title.value = kept.title ?? ""
    if (note) note.textContent = word("draft_back")
  }

  form.addEventListener("input", () => {
    clearTimeout(timer)
    isUnsaved = true
    timer = setTimeout(save, KEEP)
  }, { signal })
  addEventListener("pagehide", () => isUnsaved && form.isConnected && save(), { signal })
  return { clear }
}
