// The page that shares files: any number of them arrive while one still writes what they are for. They are shared when one
// says so and they are here; what is refused stays, with its reason, and can be tried again.
import { behave } from "../behave.js"
import { word } from "../words.js"
import { ofInput, ofTransfer } from "./picked.js"
import { Row } from "./row.js"

const AT_ONCE = 2
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files")

class Uploads {
  constructor(form, signal) {
    Object.assign(this, { form, rows: [], wantsShare: false, said: form.querySelector("[data-uploads-said]") })
    this.zone = form.querySelector("[data-uploads-zone]")
    this.list = form.querySelector("[data-uploads-rows]")
    this.template = form.querySelector("template")
    this.input = form.querySelector("[data-uploads-files]")
    this.folder = form.querySelector("[data-uploads-folder]")
    form.querySelector(".without-script").remove() // Each file has a name of its own.
    this.zone.classList.add("is-live")
    this.listen(signal)
    if (this.input.files.length) this.take(this.input)
  }

  listen(signal) {
    const on = (target, name, act) => target.addEventListener(name, act, { signal })
    for (const input of [this.input, this.folder]) on(input, "change", () => this.take(input))
    on(this.form.querySelector("[data-uploads-choose-folder]"), "click", () => this.folder.click())
    on(document, "dragover", (event) => this.hover(event))
    on(document, "dragleave", (event) => event.relatedTarget === null && this.zone.classList.remove("is-over"))
    on(document, "drop", (event) => this.drop(event))
    on(document, "paste", (event) => this.paste(event))
    on(this.form, "submit", (event) => {
      event.preventDefault()
      this.answer(event.submitter) || this.share()
    })
    on(window, "online", () => this.rows.forEach((row) => row.transfer.hurry()))
    on(window, "beforeunload", (event) => this.rows.some((row) => row.isBusy) && event.preventDefault())
  }

  hover(event) {
    if (!carriesFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "copy"
    this.zone.classList.add("is-over")
  }

  async drop(event) {
    if (!carriesFiles(event)) return
    event.preventDefault()
    this.zone.classList.remove("is-over")
    this.add(await ofTransfer(event.dataTransfer))
  }

  async paste(event) {
    if (!event.clipboardData?.files.length) return
    event.preventDefault()
    this.add(await ofTransfer(event.clipboardData))
  }

  take(input) {
    const picked = ofInput(input)
    // The same file can be chosen again later; and no form sends it a second time.
    input.value = ""
    this.add(picked)
  }

  add(picked) {
    const list = {
      url: this.form.dataset.manyFiles, limit: Number(this.form.dataset.limit), tooLarge: this.form.dataset.tooLarge,
      changed: () => this.changed(), gone: (row) => this.gone(row),
    }
    for (const each of picked) {
      const row = new Row(this.template, each, list)
      this.rows.push(row)
      this.list.append(row.element)
    }
    if (picked.length) this.form.querySelector("[data-uploads-error]").hidden = true
    this.tell(picked.length === 1 ? word("one_chosen", { name: picked[0].file.name }) : word("many_chosen", { n: picked.length }))
    this.changed()
  }

  gone(row) {
    this.rows = this.rows.filter((each) => each !== row)
    const next = this.rows.at(-1)
    if (next) next.title.focus()
    else this.input.focus()
    this.changed()
  }

  changed() {
    queueMicrotask(() => this.goOn())
  }

  /** Lets as many files on their way as go at once, and shares what is to be shared. */
  goOn() {
    const sending = () => this.rows.filter((row) => ["sending", "broken"].includes(row.state)).length
    for (const row of this.rows) if (row.state === "waiting" && sending() < AT_ONCE) row.send()
    if (this.wantsShare) for (const row of this.rows) if (row.canBeShared) row.share(this.saying())
    this.report()
    if (this.wantsShare && !this.rows.some((row) => row.isBusy)) this.end()
  }

  /** One line for those who listen: never each per cent of each file. */
  report() {
    const here = this.rows.filter((row) => ["arrived", "sharing", "shared"].includes(row.state)).length
    if (!this.rows.length || here === this.here) return
    this.here = here
    const all = here === this.rows.length
    this.tell(all ? word(this.wantsShare ? "all_here_sharing" : "all_here") : word("some_here", { n: here, all: this.rows.length }))
  }

  tell(words) {
    this.said.textContent = words
  }

  /** What one chose for a file that something here is like; false if the button was another. */
  answer(button) {
    const row = this.rows.find((each) => each.element.contains(button))
    if (!row) return false
    if (button.hasAttribute("formaction")) row.use(button.getAttribute("formaction"), this.saying())
    else if (button.name === "anyway") row.goAnyway()
    else return false
    // Who wanted to share goes on with it; who has one file said so by the choice.
    this.wantsShare ||= this.wasAsked || this.rows.length === 1
    return true
  }

  /** What the form says of all files together. */
  saying() {
    const data = new FormData(this.form)
    return { space_id: data.get("space_id"), body: data.get("body"), tags: data.get("tags") }
  }

  share() {
    if (!this.rows.length) {
      const error = this.form.querySelector("[data-uploads-error]")
      error.querySelector("[data-error-text]").textContent = word("choose_first")
      error.hidden = false
      return this.input.focus()
    }
    this.wantsShare = true
    for (const row of this.rows) if (row.state === "refused" && row.id) row.share(this.saying())
    if (this.rows.some((row) => row.isBusy && row.state !== "sharing")) this.tell(word("will_share"))
    this.changed()
  }

  /** Nothing is on its way any more: on to what was shared, or to what was refused. */
  end() {
    this.wantsShare = false
    const left = this.rows.filter((row) => !row.isDone)
    const asking = left.find((row) => row.asks)
    if (asking) {
      this.wasAsked = true
      this.tell(word("some_ask", { n: left.filter((row) => row.asks).length }))
      asking.similar.querySelector("[data-known]").focus()
      return
    }
    if (left.length) {
      this.tell(word("some_left", { n: left.length }))
      left[0].title.focus()
      return
    }
    location.assign(this.rows.length === 1 ? this.rows[0].url : this.rows[0].place)
  }
}

behave("[data-many-files]", (form, signal) => new Uploads(form, signal))
