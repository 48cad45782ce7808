// A finger (or a trackpad's pen) drawn sideways: 1 for the next thing, -1 for the one before.
const FAR = 48

export function swipes(element, act, signal) {
  let start = null
  element.addEventListener("pointerdown", (event) => {
    start = event.pointerType === "mouse" ? null : event
  }, { signal })
  element.addEventListener("pointerup", (event) => {
    if (!start) return
    const [dx, dy] = [event.clientX - start.clientX, event.clientY - start.clientY]
    start = null
    if (Math.abs(dx) > FAR && Math.abs(dx) > 2 * Math.abs(dy)) act(dx < 0 ? 1 : -1)
  }, { signal })
  element.addEventListener("pointercancel", () => { start = null }, { signal })
}
