// Placing a pin on a slide: by mouse (click, or draw a region), finger (tap, or draw sideways or by the corner) or keys.
import { behave } from "../behave.js"
import { word } from "../words.js"
import { pointAt } from "./note.js"

const STEP = 0.02
const TREMBLE = 8
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const within = (value, most = 1) => Math.max(0, Math.min(most, value))
const percent = (value) => Math.round(100 * value)
const made = (className, ...children) => {
  const element = document.createElement("div")
  element.className = className
  element.append(...children)
  return element
}

class Placing {
  constructor(deck, button, signal) {
    this.deck = deck
    this.button = button
    this.bar = deck.querySelector("[data-pin-bar]")
    button.addEventListener("click", () => (this.field ? this.cancel() : this.start()), { signal })
    this.bar.querySelector("[data-pin-done]").addEventListener("click", () => this.finish(), { signal })
    this.bar.querySelector("[data-pin-cancel]").addEventListener("click", () => this.cancel(), { signal })
    for (const type of ["deck:shown", "pin:off"]) deck.addEventListener(type, () => this.clear(), { signal })
  }

  start() {
    this.clear()
    const picture = this.deck.querySelector(".deck-slide:not([hidden]) [data-picture]:has(> img)")
    if (!picture) return
    this.place = { x: 0.5, y: 0.5, w: 0, h: 0 }
    this.cross = made("pin-cross")
    this.handle = made("pin-handle")
    this.draft = made("pin-draft", document.createElement("i"), this.handle)
    this.draft.hidden = true
    this.field = made("pin-field", this.cross)
    Object.assign(this.field, { tabIndex: 0, role: "application", ariaLabel: word("pin_field") })
    this.field.setAttribute("aria-describedby", "pin-help")
    this.field.addEventListener("keydown", (event) => this.key(event))
    this.drags(this.field, (start, now) => this.draw(start, now))
    this.drags(this.handle, (_start, now) => this.draw(this.place, now))
    picture.append(this.field, this.draft)
    this.bar.hidden = false
    this.button.setAttribute("aria-pressed", "true")
    this.field.scrollIntoView({ block: "nearest" })
    this.field.focus({ preventScroll: true })
    this.show()
  }

  /** Follows a pointer that is drawn over an element; a click or a tap is a drag that went nowhere. */
  drags(element, draw) {
    let start = null
    const point = ({ clientX, clientY }) => {
      const box = this.field.getBoundingClientRect()
      return { x: within((clientX - box.left) / box.width), y: within((clientY - box.top) / box.height) }
    }
    element.addEventListener("pointerdown", (event) => {
      event.stopPropagation()
      if (event.button) return
      start = { ...point(event), clientX: event.clientX, clientY: event.clientY, far: element === this.handle }
      element.setPointerCapture(event.pointerId)
    })
    element.addEventListener("pointermove", (event) => {
      if (!start) return
      start.far ||= Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > TREMBLE
      if (start.far) draw(start, point(event))
    })
    element.addEventListener("pointerup", (event) => {
      event.stopPropagation()
      if (!start) return
      if (!start.far) draw(start, start)
      start = null
      // A finger cannot aim as well: it may move the point, or draw it out, before one writes.
      if (event.pointerType === "mouse" && element === this.field) this.finish()
    })
    element.addEventListener("pointercancel", () => { start = null })
  }

  draw(from, to) {
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)]
    this.place = { x, y, w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) }
    this.show()
    this.draft.hidden = false
  }

  key(event) {
    const arrow = ARROWS[event.key]
    if (event.key === "Enter") this.finish()
    else if (event.key === "Escape") this.cancel()
    else if (arrow && !event.ctrlKey && !event.metaKey && !event.altKey) this.move(arrow, event.shiftKey)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  move([dx, dy], isDrawing) {
    const { x, y, w, h } = this.place
    this.place = isDrawing
      ? { x, y, w: within(w + dx * STEP, 1 - x), h: within(h + dy * STEP, 1 - y) }
      : { x: within(x + dx * STEP, 1 - w), y: within(y + dy * STEP, 1 - h), w, h }
    this.draft.hidden = !(this.place.w || this.place.h)
    this.show()
  }

  get isRegion() {
    return this.place.w > 0 && this.place.h > 0
  }

  show() {
    const { x, y, w, h } = this.place
    for (const element of [this.cross, this.draft]) Object.assign(element.style, { left: `${100 * x}%`, top: `${100 * y}%` })
    Object.assign(this.draft.style, { width: `${100 * w}%`, height: `${100 * h}%` })
    this.draft.classList.toggle("has-size", w > 0 || h > 0)
    const values = { x: percent(x), y: percent(y), w: percent(w), h: percent(h) }
    this.bar.querySelector("[data-pin-said]").textContent = word(this.isRegion ? "pin_region" : "pin_at", values)
  }

  /** The place is chosen: the draft stays on the slide until the comment is sent, and one writes. */
  finish() {
    const thread = this.deck.querySelector("[data-side] [data-thread-of]")
    if (!this.field || !thread) return
    const { x, y, w, h } = Object.fromEntries(Object.entries(this.place).map(([key, value]) => [key, value.toFixed(4)]))
    const number = this.deck.dataset.slide
    this.draft.hidden = false
    this.handle.remove()
    this.leave()
    pointAt(thread, this.isRegion ? { x, y, w, h } : { x, y },
      word(this.isRegion ? "pin_region_note" : "pin_point_note", { number }))
  }

  cancel() {
    this.clear()
    this.bar.querySelector("[data-pin-said]").textContent = word("pin_left")
    this.button.focus()
  }

  leave() {
    this.field?.remove()
    this.field = null
    this.bar.hidden = true
    this.button.setAttribute("aria-pressed", "false")
  }

  clear() {
    this.draft?.remove()
    this.leave()
  }
}

behave("[data-deck]", (deck, signal) => {
  const button = deck.querySelector("[data-pin-start]")
  if (button) new Placing(deck, button, signal)
})
