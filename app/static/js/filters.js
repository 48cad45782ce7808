// data-autosubmit: a form of filters is applied as soon as one is chosen; what is left open stays out of the address.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]")
  if (!form) return
  const chosen = [...new FormData(form)].filter(([, value]) => value)
  const query = new URLSearchParams(chosen).toString()
  location.assign(query ? `${form.getAttribute("action")}?${query}` : form.getAttribute("action"))
})
