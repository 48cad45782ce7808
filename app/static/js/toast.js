// A passing word at the edge of the page; it stays while it is pointed at or focused.
// With `action`, {label, act}, a button does that and takes the word away.
export function toast(text, { milliseconds = 6000, action = null } = {}) {
  const region = document.querySelector("[data-toasts]")
  if (!region) return
  const note = document.createElement("div")
  note.className = "toast"
  note.textContent = text
  if (action) {
    const button = document.createElement("button")
    button.className = "button button--small"
    button.textContent = action.label
    button.addEventListener("click", () => { note.remove(); action.act() })
    note.append(button)
  }
  region.append(note)
  const leave = () => (note.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : note.remove())
  setTimeout(leave, milliseconds)
}
