// What is wrong, said beside its field; nothing that was typed or chosen is touched.
const placeOf = (control) => document.getElementById(`${control.id}-error`)

/** Says why a file does not go, in the place its field has for it. `offers`: "again" and "sign-in" show what to press. */
export function complain(input, text, { offers = [], invalid = false } = {}) {
  const place = placeOf(input)
  place.querySelector("[data-error-text]").textContent = text
  place.querySelector("[data-error-again]").hidden = !offers.includes("again")
  place.querySelector("[data-error-sign-in]").hidden = !offers.includes("sign-in")
  place.hidden = false
  if (invalid) input.setAttribute("aria-invalid", "true")
}

export function settle(input) {
  placeOf(input).hidden = true
  input.removeAttribute("aria-invalid")
}

/** Goes to what is said beside the field. */
export const showComplaint = (input) => placeOf(input).focus()

function copyAttribute(from, to, name) {
  const value = from.getAttribute(name)
  if (value === null) to.removeAttribute(name)
  else to.setAttribute(name, value)
}

function exchange(mine, theirs, insert) {
  mine?.remove()
  if (theirs) insert(document.importNode(theirs, true))
}

/** Takes the errors, and only them, from the page the server answered with; goes to the first field that has one. */
export function takeErrors(form, page) {
  const notice = page.querySelector("form[data-upload-form] > .notice--error")
  // It would take the focus when it appears; being an alert it is read out where it stands.
  notice?.removeAttribute("data-focus")
  exchange(form.querySelector(":scope > .notice--error"), notice, (fresh) => form.prepend(fresh))
  for (const control of form.elements) {
    const answered = control.id && page.getElementById(control.id)
    if (!answered) continue
    exchange(placeOf(control), page.getElementById(`${control.id}-error`), (fresh) => control.closest(".field").append(fresh))
    copyAttribute(answered, control, "aria-invalid")
    copyAttribute(answered, control, "aria-describedby")
  }
  const first = form.querySelector("[aria-invalid=true]")
  first?.focus()
  return first !== null
}
