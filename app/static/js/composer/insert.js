// Changing a text so that the browser's own undo still works.
export function insert(text, words, start = text.selectionStart, end = text.selectionEnd) {
  text.focus()
  text.setSelectionRange(start, end)
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, start, end, "end")
    text.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

/** Exchanges the first `before` in the text for `after`, leaving the caret where it was. */
export function exchange(text, before, after) {
  const at = text.value.indexOf(before)
  if (at < 0) return
  text.setRangeText(after, at, at + before.length, "preserve")
  text.dispatchEvent(new Event("input", { bubbles: true }))
}
