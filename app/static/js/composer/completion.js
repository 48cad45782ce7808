// "@", "#" and "$" offer people, tags and accounts: GET <data-complete-url>?kind=&q= answers [{value, label, hint}].
// The keyboard stays in the text, which points at the chosen option; a textarea may not take the role of a combobox.
import { caretPlace } from "./caret.js"
import { insert } from "./insert.js"

const KINDS = { "@": "person", "#": "tag", $: "account" }
const TOKEN = /(?:^|[\s(])([@#$])([\p{L}\p{N}._-]{0,40})$/u
const LINKS = ["aria-haspopup", "aria-controls", "aria-activedescendant", "aria-autocomplete"]
const WAIT = 90
let lists = 0

function render(list, items) {
  list.replaceChildren(...items.map((item, index) => {
    const option = document.createElement("li")
    option.className = "suggestion"
    option.role = "option"
    option.id = `${list.id}-${index}`
    const [label, hint] = [document.createElement("span"), document.createElement("span")]
    label.textContent = item.label
    hint.textContent = item.hint ?? ""
    option.append(label, hint)
    option.dataset.value = item.value
    return option
  }))
}

export function complete(form, text, signal) {
  const list = document.createElement("ul")
  list.className = "suggestions"
  list.role = "listbox"
  list.id = `suggestions-${++lists}`
  list.hidden = true
  // It may scroll, so it can be reached; Tab itself takes the chosen name while the list is open.
  list.tabIndex = 0
  form.append(list)
  let token = null
  let chosen = 0
  let timer = 0
  let asking = new AbortController()

  function close() {
    clearTimeout(timer)
    asking.abort()
    list.hidden = true
    LINKS.forEach((name) => text.removeAttribute(name))
  }

  function choose(index) {
    const options = [...list.children]
    chosen = (index + options.length) % options.length
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)))
    options[chosen].scrollIntoView({ block: "nearest" })
    text.setAttribute("aria-activedescendant", options[chosen].id)
  }

  function open(items) {
    if (!items.length || document.activeElement !== text) return close()
    render(list, items)
    list.setAttribute("aria-label", text.getAttribute("aria-label") ?? "")
    list.hidden = false
    text.setAttribute("aria-haspopup", "listbox")
    text.setAttribute("aria-autocomplete", "list")
    text.setAttribute("aria-controls", list.id)
    const caret = caretPlace(text, token.start)
    const top = caret.top + caret.height + 4
    list.style.left = `${Math.max(8, Math.min(caret.left, innerWidth - list.offsetWidth - 8))}px`
    list.style.top = `${top + list.offsetHeight > innerHeight ? caret.top - list.offsetHeight - 4 : top}px`
    choose(0)
  }

  async function ask() {
    asking.abort()
    const mine = asking = new AbortController()
    const query = new URLSearchParams({ kind: KINDS[token.sign], q: token.word })
    const items = await fetch(`${form.dataset.completeUrl}?${query}`, { signal: mine.signal })
      .then((answer) => answer.ok ? answer.json() : [])
      .catch(() => [])
    // An older question that comes back late neither shows nor closes anything.
    if (mine === asking && !mine.signal.aborted) open(items)
  }

  function look() {
    const match = text.selectionStart === text.selectionEnd && text.value.slice(0, text.selectionStart).match(TOKEN)
    if (!match || (match[1] !== "@" && !match[2])) return close()
    token = { sign: match[1], word: match[2], start: text.selectionStart - match[2].length - 1 }
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT)
  }

  function take(option) {
    const { sign, start } = token
    close()
    insert(text, `${sign}${option.dataset.value} `, start, text.selectionStart)
    close()
  }

  text.addEventListener("input", look, { signal })
  form.addEventListener("submit", close, { signal })
  // Who comes back to the text before that goes on choosing.
  text.addEventListener("blur", () => setTimeout(() => document.activeElement !== text && close(), 120), { signal })
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return
    const acts = { ArrowDown: () => choose(chosen + 1), ArrowUp: () => choose(chosen - 1), Escape: close,
      Enter: () => take(list.children[chosen]), Tab: () => take(list.children[chosen]) }
    if (!acts[event.key] || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    acts[event.key]()
  }, { signal })
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault()
    const option = event.target.closest(".suggestion")
    if (option) take(option)
  }, { signal })
}
