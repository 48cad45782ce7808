// Forms with data-upload-form are sent in the background with a progress bar. Whatever happens, what was typed and the
// chosen file stay; only a thing that was saved leads on to its page.
import { behave } from "../behave.js"
import { csrfToken } from "../http.js"
import { Transfer } from "../uploads/transfer.js"
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
      if (event.submitter?.name) this.submitter = event.submitter
      this.start()
    }, { signal })
    this.progress.cancel.addEventListener("click", () => this.control.abort(), { signal })
    // A page that shows itself anew once its slides are drawn waits until the file that was chosen is sent.
    document.addEventListener("htmx:beforeRequest", (event) => {
      const isState = event.detail.requestConfig.path.endsWith("/state")
      if (isState && (this.control || this.input.files.length)) event.preventDefault()
    }, { signal })
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
    const data = new FormData(this.form, this.submitter)
    if (this.form.dataset.resumable && this.input.files.length && !await this.bring(data)) return
    await this.follow(await this.deliver(data))
  }

  /** Sends the file ahead, piece by piece over a line that may break; the form then names it. False if it did not arrive. */
  async bring(data) {
    this.progress.start(this.input.files[0].name)
    const problem = await new Promise((resolve) => {
      const on = {
        progress: (sent, total) => this.progress.move(sent, total), waiting: (seconds) => this.progress.waits(seconds),
        arrived: (id) => resolve(data.set("upload_id", id)), refused: resolve,
      }
      const transfer = new Transfer(this.input.files[0], this.form.dataset.resumable, on)
      transfer.start()
      addEventListener("online", () => transfer.hurry(), { signal: this.control.signal })
      this.control.signal.addEventListener("abort", () => resolve(transfer.pause().then(() => ({ isStopped: true }))))
    })
    data.delete(this.input.name)
    data.set("csrf_token", csrfToken())
    if (!problem) return true
    if (problem.isStopped) this.stopped()
    else {
      this.release()
      // Who refused it may be a proxy, which has no words for it.
      if (problem.status === 413) problem.text = this.input.closest("[data-drop]").dataset.tooLarge
      this.tell(problem)
    }
    return false
  }

  deliver(data) {
    const file = data.has("upload_id") ? null : this.input.files[0]
    this.wasSent = false
    if (file) this.progress.start(file.name)
    else this.progress.saving()
    return send(this.form.action, data, {
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
    else if (!takeErrors(this.form, parsed(request))) this.tell({ text: word("failed"), offers: ["again"] })
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
