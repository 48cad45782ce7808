// A video or a recording: what is said of its moments stands below it where they are, and a comment takes the moment.
import { behave } from "../behave.js"
import { htmx } from "../htmx.js"
import { pointAt } from "./note.js"

const SOON = 200
const two = (number) => String(number).padStart(2, "0")

function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

class Player {
  constructor(element, signal) {
    this.element = element
    this.media = element.querySelector("[data-media]")
    this.button = element.querySelector("[data-moment]")
    const listen = (target, type, act) => target.addEventListener(type, act, { signal })
    listen(this.media, "loadedmetadata", () => { this.place(); this.arrive() })
    listen(this.media, "timeupdate", () => this.tell())
    listen(this.media, "error", () => { element.querySelector("[data-trouble]").hidden = false })
    if (this.button) listen(this.button, "click", () => this.comment())
    listen(document, "click", (event) => this.follow(event))
    listen(document, "quarterdeck:changed", ({ detail }) => this.changed(detail))
    const observer = new MutationObserver(() => this.place())
    observer.observe(element, { childList: true })
    signal.addEventListener("abort", () => observer.disconnect())
    if (this.media.readyState) { this.place(); this.arrive() }
  }

  get thread() {
    return document.querySelector("[data-thread-page$='-at']")
  }

  /** Each mark where its moment is, once the length is known. */
  place() {
    const marks = this.element.querySelector("[data-marks]")
    const { duration } = this.media
    if (!Number.isFinite(duration) || !duration) return
    marks.classList.add("is-placed")
    for (const mark of marks.querySelectorAll("[data-at]")) {
      mark.parentElement.style.left = `${100 * Math.min(1, mark.dataset.at / duration)}%`
    }
  }

  /** The moment that the address names. */
  arrive() {
    const asked = new URLSearchParams(location.search).get("at")
    if (asked === null || this.arrived) return
    this.arrived = true
    this.seek(Number(asked))
    const [, id] = /^#entry-(\d+)$/.exec(location.hash) ?? []
    if (id) this.mark(id)
  }

  seek(seconds) {
    this.media.currentTime = seconds
    this.tell()
  }

  tell() {
    if (!this.button) return
    this.button.querySelector("span").textContent = this.button.dataset.label.replace("{moment}", clock(this.media.currentTime))
  }

  mark(id) {
    document.querySelectorAll(".player-mark.is-marked").forEach((each) => each.classList.remove("is-marked"))
    this.element.querySelector(`[data-mark-of="${id}"]`)?.classList.add("is-marked")
  }

  comment() {
    this.media.pause()
    const text = this.button.textContent.trim()
    pointAt(this.thread, { at: this.media.currentTime.toFixed(2) }, text)
  }

  follow(event) {
    const link = event.target.closest?.("[data-seek], [data-mark-of]")
    if (!link || event.ctrlKey || event.metaKey) return
    const comment = link.dataset.markOf ? document.getElementById(`entry-${link.dataset.markOf}`) : link.closest(".comment")
    if (!comment) return
    event.preventDefault()
    this.seek(Number(link.dataset.seek ?? link.dataset.at))
    this.mark(comment.dataset.entry)
    if (link.dataset.markOf) comment.scrollIntoView({ block: "nearest" })
    else this.element.scrollIntoView({ block: "nearest" })
  }

  changed({ thread_id: thread }) {
    if (!thread || String(thread) !== this.thread?.dataset.threadOf) return
    clearTimeout(this.changing)
    this.changing = setTimeout(() => htmx.trigger(this.element.querySelector("[data-marks]"), "moments-changed"), SOON)
  }
}

behave("[data-player]", (element, signal) => new Player(element, signal))
