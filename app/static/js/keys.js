// Keys for the whole page. None acts while one writes, or while a dialog or a deck has the keyboard.
import { openPalette } from "./palette.js"

const PLACES = {
  h: "/", r: "/reviews", l: "/learnings", p: "/projects", a: "/accounts", s: "/assets", e: "/people",
  n: "/notifications", b: "/bookmarks", t: "/tasks",
}
const PATIENCE = 1200
let going = 0

export function compose() {
  const text = document.querySelector("#compose textarea, [data-composer] textarea")
  if (!text) return location.assign("/write")
  text.focus()
  text.scrollIntoView({ block: "center" })
}

function step(direction) {
  const entries = [...document.querySelectorAll(".stream .entry, .comment, [data-inbox-item], .line[tabindex]")].filter((entry) => entry.offsetParent)
  if (!entries.length) return
  const at = entries.indexOf(document.querySelector(".is-current"))
  const next = entries[Math.max(0, Math.min(entries.length - 1, at + direction))]
  entries[at]?.classList.remove("is-current")
  next.classList.add("is-current")
  next.tabIndex = -1
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: "nearest" })
}

const open = () => document.querySelector(".entry.is-current h2 a, .entry.is-current a:has(time), .is-current [data-inbox-open], .line.is-current a")?.click()

const keys = {
  "/": openPalette,
  "?": () => document.getElementById("keys")?.showModal(),
  c: compose,
  g: () => { going = Date.now() },
  j: () => step(1),
  k: () => step(-1),
  o: open,
}

/** A page's own links and buttons with data-key="n" are followed by that key. */
const linked = (key) => {
  const link = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`)
  return link && (() => link.click())
}

const writing = (target) => target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.target.closest?.("textarea")) {
    event.preventDefault()
    return openPalette()
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || writing(event.target)) return
  const place = Date.now() - going < PATIENCE && PLACES[event.key]
  going = 0
  const act = place ? () => location.assign(place) : keys[event.key] ?? linked(event.key)
  if (!act) return
  event.preventDefault()
  act()
})

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-compose]") || !document.querySelector("#compose")) return
  event.preventDefault()
  compose()
})
