// The search dialog: finds (GET <data-suggest-url>?q= answers .palette-item links), goes places, does a few things.
import { behave } from "./behave.js"
import { fragment } from "./http.js"
import { toggleTheme } from "./theme.js"

const WAIT = 120
const actions = { "#theme": toggleTheme, "#keys": () => document.getElementById("keys")?.showModal() }

export function openPalette() {
  const dialog = document.querySelector("[data-palette]")
  if (!dialog || dialog.open) return
  dialog.showModal()
  dialog.querySelector("input").select()
}

behave("[data-palette]", (dialog, signal) => {
  const input = dialog.querySelector("input")
  const found = dialog.querySelector("[data-palette-found]")
  const commands = [...dialog.querySelectorAll("[data-command]")]
  let chosen = null
  let timer = 0
  let asking = new AbortController()

  const options = () => [...dialog.querySelectorAll(".palette-item")].filter((item) => !item.hidden)

  function choose(option) {
    chosen?.setAttribute("aria-selected", "false")
    chosen = option ?? null
    if (!chosen) return input.removeAttribute("aria-activedescendant")
    chosen.id ||= `palette-option-${options().indexOf(chosen)}-${Date.now()}`
    chosen.setAttribute("aria-selected", "true")
    chosen.scrollIntoView({ block: "nearest" })
    input.setAttribute("aria-activedescendant", chosen.id)
  }

  async function suggest(query) {
    asking.abort()
    asking = new AbortController()
    if (!query) return found.replaceChildren()
    const url = `${dialog.dataset.suggestUrl}?q=${encodeURIComponent(query)}`
    const content = await fragment(url, asking.signal).catch(() => null)
    if (!content) return
    content.querySelectorAll(".palette-item").forEach((item) => item.setAttribute("role", "option"))
    content.querySelectorAll("h2").forEach((heading) => heading.setAttribute("role", "presentation"))
    found.replaceChildren(content)
  }

  function filter() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
    for (const command of commands) command.hidden = !words.every((each) => command.textContent.toLowerCase().includes(each))
    choose(null)
    clearTimeout(timer)
    timer = setTimeout(() => suggest(input.value.trim()), WAIT)
  }

  function pick(option, event) {
    const act = actions[option.getAttribute("href")]
    if (!act) return
    event.preventDefault()
    dialog.close()
    act()
  }

  input.addEventListener("input", filter, { signal })
  input.addEventListener("keydown", (event) => {
    const all = options()
    const at = all.indexOf(chosen)
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      choose(all.at((event.key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1) % all.length))
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault()
      chosen.click()
    }
  }, { signal })
  dialog.addEventListener("click", (event) => {
    const option = event.target.closest(".palette-item")
    if (option) pick(option, event)
  }, { signal })
})

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-palette-open]") || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  openPalette()
})
