// A file field one can drop a file on: it shows the file's name and size and refuses at once what is too large.
// The browser's own field lies over the whole of it, unseen, so that click, keys and labels work as ever.
import { behave } from "../behave.js"
import { word } from "../words.js"
import { bytes } from "./amounts.js"
import { complain, settle } from "./errors.js"

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files")

/** The one file that was dropped; null for a folder or for several. */
function single({ items, files }) {
  return files.length === 1 && !items[0]?.webkitGetAsEntry?.()?.isDirectory ? files[0] : null
}

class Drop {
  constructor(zone, signal) {
    this.zone = zone
    this.input = zone.querySelector("input[type=file]")
    zone.classList.add("is-live")
    this.input.addEventListener("change", () => this.show(), { signal })
    zone.querySelector("[data-drop-remove]").addEventListener("click", () => this.remove(), { signal })
    zone.addEventListener("dragover", (event) => this.hover(event), { signal })
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"), { signal })
    zone.addEventListener("drop", (event) => this.take(event), { signal })
    if (this.input.files.length) this.show()
  }

  hover(event) {
    if (!carriesFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "copy"
    this.zone.classList.add("is-over")
  }

  take(event) {
    if (!carriesFiles(event)) return
    event.preventDefault()
    this.zone.classList.remove("is-over")
    const file = single(event.dataTransfer)
    if (!file) return complain(this.input, word("one_file"))
    const chosen = new DataTransfer()
    chosen.items.add(file)
    this.input.files = chosen.files
    this.input.dispatchEvent(new Event("change", { bubbles: true }))
  }

  remove() {
    this.input.value = ""
    this.input.dispatchEvent(new Event("change", { bubbles: true }))
    this.input.focus()
  }

  show() {
    const file = this.input.files[0]
    this.zone.querySelector("[data-drop-empty]").hidden = Boolean(file)
    this.zone.querySelector("[data-drop-remove]").hidden = !file
    this.name(file)
    const refusal = file && file.size > Number(this.zone.dataset.limit) ? this.zone.dataset.tooLarge : ""
    // A file that is too large stays shown as chosen: the form is not sent, silently, without it.
    this.input.setCustomValidity(refusal)
    if (refusal) complain(this.input, refusal, { invalid: true })
    else settle(this.input)
  }

  name(file) {
    const [name, size] = [document.createElement("bdi"), document.createElement("span")]
    name.textContent = file?.name
    size.textContent = file && bytes(file.size)
    this.zone.querySelector("[data-drop-chosen]").replaceChildren(...(file ? [name, size] : []))
  }
}

behave("[data-drop]", (zone, signal) => new Drop(zone, signal))

// A file that misses the field would be opened in place of the page, and what was typed would be gone.
function catchMissed(event) {
  if (event.defaultPrevented || !carriesFiles(event) || !document.querySelector("[data-drop]")) return
  event.preventDefault()
  event.dataTransfer.dropEffect = "none"
}
document.addEventListener("dragover", catchMissed)
document.addEventListener("drop", catchMissed)
