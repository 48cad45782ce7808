// How far a form is sent, for the eye at every step and for the ear at every quarter.
import { word } from "../words.js"
import { bytes, percent } from "./amounts.js"

export class Progress {
  constructor(place) {
    this.box = place.querySelector("[data-sending-bar]")
    this.bar = place.querySelector("progress")
    this.said = place.querySelector("[data-sending-said]")
    this.note = place.querySelector("[data-sending-note]")
    this.cancel = place.querySelector("[data-sending-cancel]")
  }

  start(name) {
    this.quarter = 0
    this.bar.value = 0
    this.said.textContent = word("sending_file", { name })
    this.note.textContent = ""
    this.aloud(this.said.textContent)
    this.cancel.hidden = false
    this.box.hidden = false
  }

  move(sent, total) {
    const part = sent / total
    this.bar.value = part
    this.said.textContent = word("sent_so_far", { percent: percent(part), sent: bytes(sent), total: bytes(total) })
    const quarter = Math.floor(part * 4)
    if (quarter > this.quarter && quarter < 4) this.aloud(percent(part))
    this.quarter = quarter
  }

  /** The line is broken, and it goes on by itself. */
  waits(seconds) {
    this.said.textContent = word("row_broken", { seconds })
    this.aloud(this.said.textContent)
  }

  /** Everything is with the server, which is at work: nothing can be taken back any more. */
  saving() {
    this.bar.removeAttribute("value")
    this.said.textContent = word("saving")
    this.aloud(word("saving"))
    this.cancel.hidden = true
    this.box.hidden = false
  }

  stop(words = "") {
    this.box.hidden = true
    this.aloud(words)
    this.note.classList.toggle("is-shown", words !== "")
  }

  aloud(words) {
    this.note.textContent = words
  }
}
