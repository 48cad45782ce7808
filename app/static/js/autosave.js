// <form data-autosave="…/fields" data-draft="7">: what is typed is kept on the server a moment later, field by field, so
// that two who write at once do not undo each other; what the other types appears in the fields one is not in.
import { behave } from "./behave.js"
import { json, csrfToken } from "./http.js"
import { word } from "./words.js"

const WAIT = 700
const saved = (field) => field.name && !["csrf_token", "deck", "then"].includes(field.name)

class Autosave {
  constructor(form, signal) {
    this.form = form
    this.url = form.dataset.autosave
    this.known = this.values()
    form.addEventListener("input", () => this.later(), { signal })
    form.addEventListener("change", () => this.later(), { signal })
    form.addEventListener("submit", () => clearTimeout(this.timer), { signal })
    form.addEventListener("quarterdeck:sent", () => { this.isSent = true }, { signal })
    document.body.addEventListener("draft-changed", () => this.take(), { signal })
    document.addEventListener("quarterdeck:changed", ({ detail }) => {
      if (detail.kind === "draft" && String(detail.id) === form.dataset.draft) this.take()
    }, { signal })
    document.addEventListener("quarterdeck:back", () => { this.save(); this.take() }, { signal })
    addEventListener("pagehide", () => this.save({ keepalive: true }), { signal })
  }

  get fields() {
    return [...this.form.elements].filter(saved)
  }

  values() {
    return Object.fromEntries(this.fields.map((field) => [field.name, field.value]))
  }

  changes() {
    return Object.entries(this.values()).filter(([name, value]) => value !== this.known[name])
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), WAIT)
  }

  async save(options = {}) {
    clearTimeout(this.timer)
    const changed = this.changes()
    // What is being sent as a whole needs no keeping, and may be a draft no more when it arrives.
    if (!changed.length || this.isSent || this.form.classList.contains("is-sending")) return
    const answer = await fetch(this.url, {
      method: "POST", headers: { "X-CSRFToken": csrfToken() }, body: new URLSearchParams(changed), ...options,
    }).catch(() => null)
    if (!answer?.ok) return this.tell(word("not_saved"))
    for (const [name, value] of changed) this.known[name] = value
    this.tell(word("draft_saved"))
  }

  /** What others typed, or a proposal filled in; never over what one has typed and not saved. */
  async take() {
    const answer = await json(this.url).catch(() => null)
    if (!answer) return
    for (const field of this.fields) {
      const theirs = answer.fields[field.name] ?? ""
      const isMine = field.value !== this.known[field.name] || (field === document.activeElement && theirs === field.value)
      if (isMine || theirs === this.known[field.name]) continue
      field.value = this.known[field.name] = theirs
    }
  }

  tell(words) {
    const place = document.querySelector("[data-saved]")
    if (place) place.textContent = words
  }
}

behave("form[data-autosave]", (form, signal) => new Autosave(form, signal))

// data-draft-on-drop: a chosen deck is sent at once and opens as a draft, slide by slide, with what was typed so far.
behave("form[data-draft-on-drop]", (form, signal) => {
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length || event.target.validity.customError) return
    form.requestSubmit(form.querySelector("[name=then][value=draft]"))
  }, { signal })
})
