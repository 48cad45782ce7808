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

behave("[data-focus]", (element) => element.focus())
