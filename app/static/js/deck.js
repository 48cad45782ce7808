// The deck viewer: one slide at a time, by keys, swipe, thumbnails or address (?slide=7), each with its own talk.
import { behave } from "./behave.js"
import { htmx } from "./htmx.js"
import { swipes } from "./swipe.js"

const KEYS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }
const looking = new Map()
const writing = (target) => target.closest?.("input, textarea, select, dialog, [contenteditable], .menu")

class Deck {
  constructor(element, signal) {
    this.element = element
    this.slides = [...element.querySelectorAll(".deck-slide")]
    if (!this.slides.length) return
    element.classList.add("is-live")
    this.show(Number(looking.get(element.id) ?? element.dataset.slide) || 1, { quietly: true })
    element.addEventListener("click", (event) => this.click(event), { signal })
    document.addEventListener("keydown", (event) => this.key(event), { signal })
    document.addEventListener("click", (event) => this.follow(event), { signal })
    addEventListener("popstate", () => this.show(this.addressed(), { quietly: true }), { signal })
    swipes(this.part("[data-slides]"), (direction) => this.step(direction), signal)
  }

  part(selector) {
    return this.element.querySelector(selector)
  }

  addressed() {
    return Number(new URLSearchParams(location.search).get("slide")) || 1
  }

  step(direction) {
    const rtl = getComputedStyle(this.element).direction === "rtl"
    this.go(this.number + (rtl ? -direction : direction))
  }

  /** Shows slide `number` and gives the page its address. */
  go(number) {
    const next = Math.max(1, Math.min(this.slides.length, number))
    if (next !== this.number) this.show(next)
  }

  show(number, { quietly = false } = {}) {
    this.number = Math.max(1, Math.min(this.slides.length, number))
    this.slides.forEach((slide, index) => { slide.hidden = index + 1 !== this.number })
    const slide = this.slides[this.number - 1]
    this.part("[data-place]").textContent = this.number
    this.part("[data-slide-title]").textContent = slide.dataset.title
    this.element.dataset.slide = this.number
    this.element.querySelectorAll("[data-goto]").forEach((thumb) => {
      const current = Number(thumb.dataset.goto) === this.number
      current ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")
      if (current) this.reveal(thumb)
    })
    const address = `${this.element.dataset.slideUrl}${this.number}`
    if (!quietly) history.replaceState(history.state, "", address)
    this.warm(this.slides[this.number])
    this.talk()
    this.element.dispatchEvent(new Event("deck:shown"))
  }

  /** Brings a thumbnail into its strip's view without scrolling the page. */
  reveal(thumb) {
    const strip = this.part("[data-strip]")
    const [frame, box] = [strip.getBoundingClientRect(), thumb.getBoundingClientRect()]
    const offCentre = (box.left + box.right - frame.left - frame.right) / 2
    if (box.left < frame.left || box.right > frame.right) strip.scrollLeft += offCentre
  }

  /** The next picture is fetched while this one is looked at. */
  warm(slide) {
    slide?.querySelector("img")?.setAttribute("loading", "eager")
  }

  talk() {
    const place = this.part("[data-slide-thread]")
    const heading = this.part("[data-side] > h2")
    if (!place || place.dataset.shown === String(this.number)) return
    place.dataset.shown = this.number
    heading.textContent = heading.textContent.replace(/\d+/, this.number)
    clearTimeout(this.asking)
    const url = this.element.dataset.threadUrl.replace("{page}", this.number)
    this.asking = setTimeout(() => htmx.ajax("GET", url, { target: place, swap: "innerHTML" }), 150)
  }

  notes() {
    const toggle = this.part("[data-notes-toggle]")
    const on = toggle.getAttribute("aria-pressed") !== "true"
    toggle.setAttribute("aria-pressed", String(on))
    this.element.querySelectorAll("[data-notes]").forEach((note) => { note.open = on })
  }

  fullscreen() {
    document.fullscreenElement ? document.exitFullscreen() : this.element.requestFullscreen?.()
  }

  click(event) {
    const thumb = event.target.closest("[data-goto]")
    const step = event.target.closest("[data-step]")
    if (thumb && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      this.go(Number(thumb.dataset.goto))
    } else if (step) this.step(Number(step.dataset.step))
    else if (event.target.closest("[data-notes-toggle]")) this.notes()
    else if (event.target.closest("[data-fullscreen]")) this.fullscreen()
  }

  /** A comment's "on slide 7" turns to the slide. */
  follow(event) {
    const link = event.target.closest?.("[data-slide-link]")
    if (!link) return
    event.preventDefault()
    this.go(Number(link.dataset.slideLink))
    this.element.scrollIntoView({ block: "nearest" })
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || writing(event.target)) return
    if (document.querySelector("dialog[open], [popover]:popover-open")) return
    const near = this.element.contains(event.target) || event.target === document.body
    const turn = KEYS[event.key]
    if (event.key === " " && !this.element.matches(":focus, :fullscreen")) return
    if (!near) return
    if (turn) this.step(turn)
    else if (event.key === "Home") this.go(1)
    else if (event.key === "End") this.go(this.slides.length)
    else if (event.key === "f") this.fullscreen()
    else return
    event.preventDefault()
  }
}

behave("[data-deck]", (element, signal) => new Deck(element, signal))

// While slides are being drawn the deck is exchanged every two seconds; the new one opens at the slide one looks at.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const deck = detail.target.closest?.("[data-deck].is-live")
  if (deck && detail.target === deck) looking.set(deck.id, deck.dataset.slide)
})

// Not while one writes beside it: the exchange would take the text's focus away.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail
  if (elt.matches?.("[data-deck]") && document.activeElement?.closest("[data-deck] form")) event.preventDefault()
})
