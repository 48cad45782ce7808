// Forms, or their buttons, with data-confirm="question" (and data-confirm-action="Delete") ask before they are sent.
const confirmed = new WeakSet()

document.addEventListener("submit", (event) => {
  const form = event.target
  const dialog = document.querySelector("[data-confirm-dialog]")
  const { confirm, confirmAction } = event.submitter?.dataset.confirm ? event.submitter.dataset : form.dataset
  if (!confirm || !dialog || confirmed.delete(form)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  dialog.querySelector("[data-confirm-question]").textContent = confirm
  if (confirmAction) dialog.querySelector("[data-confirm-yes]").textContent = confirmAction
  dialog.returnValue = "no"
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return
    confirmed.add(form)
    form.requestSubmit(event.submitter)
  }, { once: true })
  dialog.showModal()
}, { capture: true })
