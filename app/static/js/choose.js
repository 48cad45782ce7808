// data-choose="words" inside data-choose-into="field id": a button that writes the words into the field.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-choose]")
  const field = button && document.getElementById(button.closest("[data-choose-into]").dataset.chooseInto)
  if (!field) return
  field.value = button.dataset.choose
  field.focus()
})
