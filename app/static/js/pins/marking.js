// Pins on a slide and the comments beside it: one shows where the other is, and both bear the same number.
import { behave } from "../behave.js"
import { fragment } from "../http.js"

const SOON = 120

class Marks {
  constructor(deck, signal) {
    this.deck = deck
    this.side = deck.querySelector("[data-side]")
    if (!this.side || !deck.dataset.pinsUrl) return
    const listen = (type, act, target = deck) => target.addEventListener(type, act, { signal })
    for (const type of ["pointerover", "focusin"]) listen(type, ({ target }) => this.mark(this.pinOf(target) ?? this.kept))
    for (const type of ["pointerleave", "focusout"]) listen(type, () => this.mark(this.kept))
    listen("click", (event) => this.follow(event))
    listen("hashchange", () => this.arrive(), window)
    listen("quarterdeck:changed", ({ detail }) => detail.thread_id === this.root && this.refreshSoon(), document)
    const observer = new MutationObserver(() => this.number())
    observer.observe(this.side, { childList: true, characterData: true, subtree: true })
    signal.addEventListener("abort", () => observer.disconnect())
    this.arrive()
  }

  get root() {
    return Number(this.side.querySelector("[data-thread-of]")?.dataset.threadOf)
  }

  /** The drawing over the slide that is open. */
  get drawing() {
    return this.deck.querySelector(".deck-slide:not([hidden]) .pins")
  }

  pinOf(target) {
    return target.closest?.("[data-pin]")?.dataset.pin ?? target.closest?.(".comment[data-pinned]")?.dataset.entry
  }

  mark(id) {
    if (id === this.marked) return
    this.marked = id
    this.deck.querySelectorAll(".is-marked").forEach((each) => each.classList.remove("is-marked"))
    if (!id) return
    this.deck.querySelectorAll(`[data-pin="${id}"], #entry-${id}[data-pinned]`).forEach((each) => each.classList.add("is-marked"))
  }

  /** A permalink marks the pin of its comment. */
  arrive() {
    const [, id] = /^#entry-(\d+)$/.exec(location.hash) ?? []
    if (!id || !this.side.querySelector(`#entry-${id}`)) return
    this.kept = id
    this.mark(id)
  }

  follow(event) {
    const badge = event.target.closest("[data-pin-of]")
    const id = event.target.closest("[data-pin]")?.dataset.pin ?? badge?.dataset.pinOf
    const there = id && (badge ? this.deck.querySelector(`#pin-${id}`) : this.side.querySelector(`#entry-${id}`))
    if (!there || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.kept = id
    if (!badge) {
      there.tabIndex = -1
      there.querySelector(".settled")?.setAttribute("open", "")
    }
    there.focus({ preventScroll: true })
    there.scrollIntoView({ block: "nearest" })
    this.mark(id)
  }

  /** Gives the comments the numbers of the drawing; one that it does not know yet has it drawn anew. */
  number() {
    const numbers = JSON.parse(this.drawing?.dataset.numbers ?? "{}")
    const badges = [...this.side.querySelectorAll("[data-pin-of]")]
    for (const badge of badges) {
      const number = String(numbers[badge.dataset.pinOf] ?? "")
      if (badge.textContent !== number) badge.textContent = number
    }
    const unknown = badges.map((badge) => badge.dataset.pinOf).filter((id) => !numbers[id]).join()
    if (unknown && unknown !== this.unknown) this.refreshSoon()
    this.unknown = unknown
  }

  refreshSoon() {
    clearTimeout(this.refreshing)
    this.refreshing = setTimeout(() => this.refresh().catch(() => { this.unknown = "" }), SOON)
  }

  async refresh() {
    const drawing = this.drawing
    if (!drawing) return
    const fresh = await fragment(this.deck.dataset.pinsUrl.replace("{page}", drawing.id.split("-").at(-1)))
    const focused = drawing.contains(document.activeElement) && document.activeElement.id
    if (!fresh || !drawing.isConnected) return
    drawing.replaceWith(fresh)
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
    this.marked = null
    this.mark(this.kept)
    this.number()
  }
}

behave("[data-deck]", (deck, signal) => new Marks(deck, signal))
