// Forms with data-confirm="question" (and data-confirm-action="Delete") ask before they are sent.
const confirmed = new WeakSet()

document.addEventListener("submit", (event) => {
  const form = event.target
  const dialog = document.querySelector("[data-confirm-dialog]")
  if (!form.dataset.confirm || !dialog || confirmed.delete(form)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  dialog.querySelector("[data-confirm-question]").textContent = form.dataset.confirm
  if (form.dataset.confirmAction) dialog.querySelector("[data-confirm-yes]").textContent = form.dataset.confirmAction
  dialog.returnValue = "no"
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return
    confirmed.add(form)
    form.requestSubmit(event.submitter)
  }, { once: true })
  dialog.showModal()
}, { capture: true })
