// Forms with data-upload-form are sent in the background with a progress bar. Whatever happens, what was typed and the
// chosen file stay; only a thing that was saved leads on to its page.
import { behave } from "../behave.js"
import { complain, settle, showComplaint, takeErrors } from "./errors.js"
import { outcome, renewToken } from "./outcome.js"
import { Progress } from "./progress.js"
import { send } from "./send.js"
import { word } from "../words.js"

const parsed = (request) => new DOMParser().parseFromString(request.responseText, "text/html")

class Sending {
  constructor(form, signal) {
    this.form = form
    this.progress = new Progress(form.querySelector("[data-sending]"))
    this.submit = form.querySelector(".form-actions [type=submit]")
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      if (this.control) return
      // What is sent again is sent as it was meant the first time.
      if (!event.submitter?.matches("[data-error-again]")) this.submitter = event.submitter
      this.start()
    }, { signal })
    this.progress.cancel.addEventListener("click", () => this.control.abort(), { signal })
    addEventListener("beforeunload", (event) => this.control && event.preventDefault(), { signal })
  }

  get input() {
    return this.form.querySelector("input[type=file]")
  }

  async start() {
    if (this.input.validity.customError) return showComplaint(this.input)
    settle(this.input)
    this.hold(new AbortController())
    if (this.isStale) await renewToken(this.form)
    await this.follow(await this.deliver())
  }

  deliver() {
    const file = this.input.files[0]
    this.wasSent = false
    if (file) this.progress.start(file.name)
    else this.progress.saving()
    const target = this.submitter?.hasAttribute("formaction") ? this.submitter.formAction : this.form.action
    return send(target, new FormData(this.form, this.submitter), {
      // The server answers as it does htmx: an address to go to, or a reason, rather than a page to be shown.
      headers: { "HX-Request": "true" },
      signal: this.control.signal,
      onProgress: (sent, total) => file && this.progress.move(sent, total),
      onSent: () => {
        this.wasSent = true
        this.progress.saving()
      },
    })
  }

  async follow(request) {
    const target = request.getResponseHeader("HX-Redirect")
    if (request.status === 204 && target) {
      this.control = null
      this.form.dispatchEvent(new Event("quarterdeck:sent"))
      location.assign(target)
      return
    }
    if (this.control.signal.aborted) return this.stopped()
    const problem = request.status === 422 ? null : await outcome(request, this.input, this.wasSent)
    this.release()
    if (problem) this.tell(problem)
    else if (this.takeArrived(parsed(request))) return
    else if (!takeErrors(this.form, parsed(request))) this.tell({ text: word("failed"), offers: ["again"] })
  }

  /** The file is there and something is known of it: it need not be sent again, and a choice is to be made. */
  takeArrived(page) {
    const arrived = page.querySelector("[data-arrived]")
    if (!arrived?.querySelector("[data-known]")) return false
    this.form.querySelector("[data-arrived]").replaceWith(document.importNode(arrived, true))
    this.form.querySelector("[data-drop-remove]").click()
    const first = this.form.querySelector("[data-known]")
    first.focus()
    return true
  }

  stopped() {
    this.release()
    this.progress.stop(word("stopped"))
    this.submit.focus()
  }

  tell({ text, offers, isStale = false }) {
    this.isStale = isStale
    complain(this.input, text, { offers })
    showComplaint(this.input)
  }

  /** While it is on its way nothing in the form can be changed: it would not be part of what is sent. */
  hold(control) {
    this.control = control
    this.submit.focus()
    this.submit.setAttribute("aria-disabled", "true")
    this.form.classList.add("is-sending")
    this.parts(true)
  }

  release() {
    this.control = null
    this.progress.stop()
    this.submit.removeAttribute("aria-disabled")
    this.form.classList.remove("is-sending")
    this.parts(false)
  }

  parts(inert) {
    for (const part of this.form.children) {
      if (!part.matches(".form-actions, [data-sending]")) part.inert = inert
    }
  }
}

behave("[data-upload-form]", (form, signal) => new Sending(form, signal))
