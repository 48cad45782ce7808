// A passing word at the edge of the page; it stays while it is pointed at or focused.
export function toast(text, milliseconds = 6000) {
  const region = document.querySelector("[data-toasts]")
  if (!region) return
  const note = document.createElement("div")
  note.className = "toast"
  note.textContent = text
  region.append(note)
  const leave = () => (note.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : note.remove())
  setTimeout(leave, milliseconds)
}
