// Popovers open beside their button and are walked with the arrow keys. Buttons with data-menu="/e/7/more" fetch theirs
// when they are pressed: a page of cards has one menu, not one a card.
import { fragment } from "./http.js"
import { htmx } from "./htmx.js"
import { toast } from "./toast.js"
import { word } from "./words.js"

const GAP = 4
const EDGE = 8
const askedBy = new WeakMap()

function place(popover) {
  const button = askedBy.get(popover) ?? document.querySelector(`[popovertarget="${popover.id}"]`)
  if (!button) return
  popover.classList.add("is-placed")
  const anchor = button.getBoundingClientRect()
  const { width, height } = popover.getBoundingClientRect()
  const towardsEnd = getComputedStyle(button).direction === "rtl"
  const start = towardsEnd || anchor.left + width > innerWidth - EDGE ? anchor.right - width : anchor.left
  const below = anchor.bottom + GAP
  const top = below + height > innerHeight - EDGE && anchor.top - GAP - height > EDGE ? anchor.top - GAP - height : below
  popover.style.left = `${Math.max(EDGE, Math.min(start, innerWidth - width - EDGE))}px`
  popover.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`
}

async function ask(button, menu) {
  const content = await fragment(button.dataset.menu).catch(() => null)
  if (!content) return toast(word("gone"))
  menu.replaceChildren(content)
  htmx.process(menu)
  askedBy.set(menu, button)
  menu.showPopover()
  button.setAttribute("aria-expanded", "true")
  menu.querySelector(".menu-item")?.focus()
}

// Pressing the button of an open menu closes it, by the browser itself; only then is it not asked for again.
let closing = null
document.addEventListener("pointerdown", (event) => {
  const button = event.target.closest?.("[data-menu]")
  const menu = document.querySelector("#asked:popover-open")
  closing = menu && askedBy.get(menu) === button ? button : null
}, { capture: true })

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-menu]")
  if (!button) return
  event.preventDefault()
  if (button !== closing) ask(button, document.getElementById("asked"))
  closing = null
})

document.addEventListener("toggle", ({ target, newState }) => {
  if (newState === "closed") askedBy.get(target)?.removeAttribute("aria-expanded")
}, { capture: true })

// "toggle" does not bubble; captured, one listener serves every popover. Placed before it is painted.
document.addEventListener("toggle", (event) => {
  if (event.newState === "open" && event.target.matches?.("[data-popover]")) place(event.target)
}, { capture: true })

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu:popover-open, .menu-anchor:has(.menu:popover-open)")
  if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return
  const items = [...menu.querySelectorAll(".menu-item")]
  const at = items.indexOf(document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key]
  event.preventDefault()
  items.at(next % items.length)?.focus()
})

// A chosen item closes its menu, but only after a form it may belong to was sent: losing the focus loses the button.
document.addEventListener("click", (event) => {
  const menu = event.target.closest?.(".menu .menu-item")?.closest("[popover]")
  if (menu) setTimeout(() => menu.matches(":popover-open") && menu.hidePopover())
})

const keepPlaced = () => document.querySelectorAll("[data-popover]:popover-open").forEach(place)
addEventListener("resize", keepPlaced)
addEventListener("scroll", keepPlaced, { passive: true })
