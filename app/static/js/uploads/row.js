// A file in the list: its name, how far it is, what there is to press, and what was refused beside it.
import { fragment, post } from "../http.js"
import { htmx } from "../htmx.js"
import { bytes, percent } from "../upload/amounts.js"
import { word } from "../words.js"
import { Transfer } from "./transfer.js"

const stem = (name) => name.replace(/(.)\.[^.]*$/, "$1")
const SAMPLE = 3000 // ms over which the speed is taken.
let number = 0

export class Row {
  /** list: {limit, tooLarge, url, changed(row), gone(row)} */
  constructor(template, { file, folder }, list) {
    Object.assign(this, { file, folder, list, state: "waiting", samples: [] })
    this.element = template.content.firstElementChild.cloneNode(true)
    number += 1
    for (const part of ["title", "said", "error", "bar", "facts", "similar", "link", "problem"]) this[part] = this.part(part)
    this.title.id = `upload-${number}`
    this.error.id = `upload-${number}-error`
    this.element.querySelector("label").htmlFor = this.title.id
    this.title.setAttribute("aria-describedby", this.error.id)
    this.title.value = stem(file.name)
    this.element.querySelectorAll("[data-file-name]").forEach((place) => { place.textContent = file.name })
    this.facts.textContent = ["", folder, bytes(file.size)].filter((part, at) => part || at === 0).join(" · ")
    for (const action of ["pause", "resume", "again", "remove"]) {
      this.element.querySelector(`[data-row-${action}]`).addEventListener("click", () => this[action]())
    }
    this.transfer = new Transfer(file, list.url, {
      progress: (sent, total) => this.move(sent, total), waiting: (seconds) => this.become("broken", word("row_broken", { seconds })),
      arrived: (id) => this.arrive(id), refused: (problem) => this.refuse(problem),
    })
    if (file.size > list.limit) this.refuse({ text: list.tooLarge, offers: [] })
    else this.become("waiting", word("row_waiting"))
  }

  part(name) {
    return this.element.querySelector(`[data-row-part=${name}]`)
  }

  get isDone() {
    return this.state === "shared"
  }

  /** Somebody has to say whether it is shared although something like it is here. */
  get asks() {
    return this.state === "arrived" && this.isLookedAt && !this.anyway && this.similar.querySelector("[data-known]") !== null
  }

  get canBeShared() {
    return this.state === "arrived" && this.isLookedAt && !this.asks
  }

  /** On its way, or going to be without anybody's doing. */
  get isBusy() {
    return ["waiting", "sending", "broken", "sharing"].includes(this.state) || (this.state === "arrived" && !this.isLookedAt)
  }

  become(state, words) {
    this.state = this.element.dataset.state = state
    this.said.textContent = words
    if (state !== "refused") this.error.hidden = true
    this.list.changed(this)
  }

  send() {
    this.become("sending", word("row_sending_first"))
    this.transfer.start()
  }

  pause() {
    this.transfer.pause()
    this.become("paused", word("row_paused"))
    this.element.querySelector("[data-row-resume]").focus()
  }

  resume() {
    this.become("waiting", word("row_waiting"))
    this.title.focus()
  }

  again() {
    if (this.id) return this.share(this.shared)
    this.resume()
  }

  async remove() {
    this.element.remove()
    this.list.gone(this)
    await this.transfer.giveUp()
    this.transfer.forget()
  }

  move(sent, total) {
    this.bar.value = total ? sent / total : 1
    const words = { percent: percent(this.bar.value), sent: bytes(sent), total: bytes(total), speed: bytes(this.speed(sent)) }
    if (this.state === "sending") this.said.textContent = word("row_sending", words)
    else if (this.state === "broken") this.become("sending", word("row_sending", words))
  }

  /** Bytes a second, over the last seconds. */
  speed(sent) {
    const at = performance.now()
    this.samples = [...this.samples.filter((sample) => at - sample.at < SAMPLE), { at, sent }]
    const [first] = this.samples
    return at > first.at ? (Math.max(0, sent - first.sent) / (at - first.at)) * 1000 : 0
  }

  arrive(id) {
    this.id = id
    this.bar.value = 1
    this.become("arrived", word("row_arrived"))
    this.look()
  }

  /** Whether the same, or nearly the same, is here already. */
  async look() {
    const found = await fragment(`/uploads/${this.id}/similar`).catch(() => null)
    if (this.isDone) return
    if (found) this.similar.replaceChildren(found)
    htmx.process(this.similar)
    this.isLookedAt = true
    this.list.changed(this)
  }

  /** What is said of it is known; it is shared all the same. */
  goAnyway() {
    this.anyway = true
    this.similar.replaceChildren()
    this.title.focus()
    this.list.changed(this)
  }

  /** The file that is here already takes its place: POST `url` shares that one. */
  async use(url, said) {
    this.become("sharing", word("row_sharing"))
    const title = this.similar.querySelector(`[formaction="${url}"]`).closest("li").querySelector(".known-name").textContent.trim()
    const answer = await post(url, { space_id: said.space_id }, { "HX-Request": "true" }).catch(() => null)
    const place = answer?.headers.get("HX-Redirect")
    if (place) return this.finish({ url: place, title, space_url: place })
    this.become("arrived", word("row_arrived"))
    this.explain({ text: word(answer ? "failed" : "connection_lost"), offers: [] })
  }

  refuse(problem) {
    this.become("refused", word("row_refused"))
    this.explain(problem)
  }

  explain({ text, offers }) {
    this.problem.textContent = text
    this.element.querySelector("[data-row-again]").hidden = !offers.includes("again")
    this.element.querySelector("[data-row-sign-in]").hidden = !offers.includes("sign-in")
    this.error.hidden = false
  }

  /** The file becomes an asset; `said` is what the form says of all of them. */
  async share(said) {
    this.shared = said
    this.become("sharing", word("row_sharing"))
    const fields = { ...said, upload_id: this.id, title: this.title.value, folder: this.folder }
    const answer = await post("/assets", fields, { Accept: "application/json", "HX-Request": "true" }).catch(() => null)
    const told = await answer?.json().catch(() => null)
    if (answer?.status === 201 && told) return this.finish(told)
    const errors = told?.errors ? Object.values(told.errors).flat().join(" ") : ""
    this.refuse({ text: errors || told?.detail || word(answer ? "failed" : "connection_lost"),
      offers: answer?.status === 401 ? ["again", "sign-in"] : ["again"] })
  }

  finish({ url, title, space_url: place }) {
    Object.assign(this, { url, place })
    this.similar.replaceChildren()
    this.link.href = url
    this.link.textContent = title
    this.transfer.forget()
    this.become("shared", word("row_shared"))
  }
}
