// data-dialog-open="id" opens a <dialog>, data-dialog-close and a click beside it close it.
// A dialog that arrives with data-dialog-now opens at once and leaves the page when it is closed.
import { behave } from "./behave.js"

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]")
  const dialog = opener && document.getElementById(opener.dataset.dialogOpen)
  if (dialog) {
    event.preventDefault()
    opener.closest("[popover]")?.hidePopover()
    dialog.showModal()
  } else if (event.target.closest("[data-dialog-close]")) {
    event.target.closest("dialog")?.close()
  } else if (event.target instanceof HTMLDialogElement) {
    const box = event.target.getBoundingClientRect()
    const { clientX: x, clientY: y } = event
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) event.target.close()
  }
})

behave("dialog[data-dialog-now]", (dialog, signal) => {
  dialog.showModal()
  dialog.addEventListener("close", () => dialog.remove(), { signal })
})

// What stood in a field that is changed in its place is chosen, so that typing replaces it.
behave("[data-focus]", (element) => {
  element.focus()
  if (element.matches("input")) element.select()
})

// A page that was opened to be filled in: who types begins at once, unless something in it asks for a look first.
behave("[data-focus-first]", (place) => {
  if (place.querySelector("[data-focus]")) return
  const begin = () => document.activeElement === document.body && place.querySelector(place.dataset.focusFirst || "input:not([type=hidden]), select, textarea")?.focus()
  begin()
  // A browser that goes to the #part of an address takes the keyboard back once it has drawn it; so it is asked again.
  const again = () => requestAnimationFrame(() => setTimeout(begin))
  if (document.readyState === "complete") again()
  else addEventListener("load", again, { once: true })
})
