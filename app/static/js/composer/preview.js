// Shows how the text will read: POST <data-preview-url> (body) answers sanitised HTML.
import { post } from "../http.js"
import { word } from "../words.js"

export function preview(form, text, signal) {
  const sheet = form.querySelector("[data-preview]")
  const toggle = form.querySelector("[data-preview-toggle]")

  function showText() {
    sheet.hidden = true
    text.hidden = false
    toggle.setAttribute("aria-pressed", "false")
  }

  toggle.addEventListener("click", async () => {
    if (!sheet.hidden) {
      showText()
      return text.focus()
    }
    const answer = await post(form.dataset.previewUrl, { body: text.value }).catch(() => null)
    if (answer?.ok) sheet.innerHTML = await answer.text()
    else sheet.textContent = word("failed")
    sheet.hidden = false
    text.hidden = true
    toggle.setAttribute("aria-pressed", "true")
  }, { signal })
  return showText
}
