// Where the caret of a textarea stands on the screen: a hidden twin of it is laid out and measured.
const COPIED = ["font", "letterSpacing", "lineHeight", "padding", "border", "textIndent", "wordSpacing", "direction"]

export function caretPlace(text, position) {
  const style = getComputedStyle(text)
  const twin = document.createElement("div")
  for (const name of COPIED) twin.style[name] = style[name]
  Object.assign(twin.style, {
    position: "absolute", top: "0", left: "0", visibility: "hidden",
    whiteSpace: "pre-wrap", overflowWrap: "break-word", width: `${text.clientWidth}px`,
  })
  twin.textContent = text.value.slice(0, position)
  const caret = document.createElement("span")
  caret.textContent = "\u200b"
  twin.append(caret)
  document.body.append(twin)
  const box = text.getBoundingClientRect()
  const place = {
    left: box.left + caret.offsetLeft,
    top: box.top + caret.offsetTop - text.scrollTop,
    height: caret.offsetHeight,
  }
  twin.remove()
  return place
}
