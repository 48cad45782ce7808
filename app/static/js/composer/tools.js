// The Markdown toolbar: data-wrap="**" around the selection, data-prefix="- " before its lines, data-link.
import { insert } from "./insert.js"

const shortcuts = { b: "[data-wrap='**']", i: "[data-wrap='_']", k: "[data-link]" }

function wrap(text, marks) {
  const { selectionStart: start, selectionEnd: end } = text
  const chosen = text.value.slice(start, end)
  insert(text, marks + chosen + marks)
  text.setSelectionRange(start + marks.length, start + marks.length + chosen.length)
}

function prefix(text, mark) {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1
  const lines = text.value.slice(start, text.selectionEnd).split("\n")
  insert(text, lines.map((line) => mark + line).join("\n"), start, text.selectionEnd)
}

function link(text) {
  const { selectionStart: start, selectionEnd: end } = text
  const chosen = text.value.slice(start, end)
  insert(text, `[${chosen}](https://)`)
  const caret = start + (chosen ? chosen.length + 3 : 1)
  text.setSelectionRange(caret, chosen ? caret + 8 : caret)
}

export function tools(form, text, signal) {
  form.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-wrap], [data-prefix], [data-link]")
    if (!tool) return
    if (tool.dataset.wrap) wrap(text, tool.dataset.wrap)
    else if (tool.dataset.prefix) prefix(text, tool.dataset.prefix)
    else link(text)
  }, { signal })
  text.addEventListener("keydown", (event) => {
    const tool = (event.ctrlKey || event.metaKey) && !event.shiftKey && shortcuts[event.key.toLowerCase()]
    if (!tool) return
    event.preventDefault()
    form.querySelector(tool)?.click()
  }, { signal })
}
