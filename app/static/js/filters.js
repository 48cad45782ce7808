// data-autosubmit: a form of filters is applied as soon as one is chosen; what is left open stays out of the address, and
// the keyboard goes on from the filter that was chosen, except where it would cover what was found.
const CHOSEN = "chosen-filter"

function apply(form) {
  const chosen = [...new FormData(form)].filter(([, value]) => value)
  const query = new URLSearchParams(chosen).toString()
  const field = document.activeElement
  if (form.contains(field) && field.id) sessionStorage.setItem(CHOSEN, field.id)
  location.assign(query ? `${form.getAttribute("action")}?${query}` : form.getAttribute("action"))
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]")
  if (form) apply(form)
})

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-autosubmit]")) return
  event.preventDefault()
  apply(event.target)
})

const before = sessionStorage.getItem(CHOSEN)
sessionStorage.removeItem(CHOSEN)
const field = before && document.getElementById(before)
if (field?.closest("form[data-autosubmit]") && matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true })
