// <form data-autosave="…/fields" data-draft="7">: what is typed is kept on the server a moment later, field by field; what
// another one types appears at once, and in a text in which both write, both stay.
import { behave } from "./behave.js"
import { json, csrfToken } from "./http.js"
import { merge } from "./merge.js"
import { toast } from "./toast.js"
import { word } from "./words.js"

const WAIT = 700
const saved = (field) => field.name && !["csrf_token", "deck", "then"].includes(field.name)
const same = (one, other) => one.trim() === other.trim()

class Autosave {
  constructor(form, signal) {
    this.form = form
    this.url = form.dataset.autosave
    this.known = this.values()
    form.addEventListener("input", () => this.later(), { signal })
    form.addEventListener("change", () => this.later(), { signal })
    form.addEventListener("submit", () => clearTimeout(this.timer), { signal })
    form.addEventListener("quarterdeck:sent", () => { this.isOver = true }, { signal })
    document.body.addEventListener("draft-changed", () => this.take(), { signal })
    document.addEventListener("quarterdeck:changed", ({ detail }) => {
      if (detail.kind === "draft" && String(detail.id) === form.dataset.draft) this.take()
    }, { signal })
    document.addEventListener("quarterdeck:back", () => this.save().then(() => this.take()), { signal })
    addEventListener("pagehide", () => this.save({ keepalive: true }), { signal })
  }

  get fields() {
    return [...this.form.elements].filter(saved)
  }

  values() {
    return Object.fromEntries(this.fields.map((field) => [field.name, field.value]))
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), WAIT)
  }

  async save(options = {}) {
    clearTimeout(this.timer)
    const changed = Object.entries(this.values()).filter(([name, value]) => value !== this.known[name])
    // What is being sent as a whole needs no keeping, and may be a draft no more when it arrives.
    if (!changed.length || this.isOver || this.form.classList.contains("is-sending")) return
    const body = new URLSearchParams(changed)
    for (const [name] of changed) body.append(`was.${name}`, this.known[name])
    const answer = await fetch(this.url, { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body, ...options })
      .catch(() => null)
    if (answer?.status === 409) return this.end((await answer.json()).posted)
    if (!answer?.ok) return this.complain()
    const { fields } = await answer.json()
    for (const [name, value] of changed) this.known[name] = value
    this.show(fields)
    this.tell(word("draft_saved"))
  }

  /** What others typed, or a proposal filled in. */
  async take() {
    const answer = this.isOver ? null : await json(this.url).catch(() => null)
    if (answer?.posted) this.end(answer.posted)
    else if (answer) this.show(answer.fields)
  }

  show(theirs) {
    for (const field of this.fields) {
      const [known, now] = [this.known[field.name], theirs[field.name] ?? ""]
      if (same(now, known)) continue
      const isMine = field.value !== known
      // In a short field the last one to write is right; they are not there yet.
      if (isMine && field.type !== "textarea") continue
      this.known[field.name] = now
      replace(field, isMine ? merge(known, field.value, now) : now)
    }
  }

  complain() {
    this.tell(word("not_saved"))
    if (!this.isWorried) toast(word("not_saved"))
    this.isWorried = true
    setTimeout(() => this.save(), WAIT * 8)
  }

  /** Another author posted it: what is typed here now goes nowhere. */
  end(url) {
    this.isOver = true
    const link = document.createElement("a")
    link.href = url
    link.textContent = word("draft_posted")
    for (const place of document.querySelectorAll("[data-saved]")) place.replaceChildren(link.cloneNode(true))
    toast(word("draft_posted"))
  }

  tell(words) {
    if (words === word("draft_saved")) this.isWorried = false
    for (const place of document.querySelectorAll("[data-saved]")) place.textContent = words
  }
}

/** A new text under a cursor that stays where it was, seen from its own words. */
function replace(field, text) {
  const { selectionStart: at } = field
  const [before, after] = [field.value.slice(0, at ?? 0), field.value.slice(at ?? 0)]
  field.value = text
  if (field !== document.activeElement || at === null) return
  const place = text.startsWith(before) ? before.length : Math.max(0, text.length - after.length)
  field.setSelectionRange(place, place)
}

behave("form[data-autosave]", (form, signal) => new Autosave(form, signal))

// data-draft-on-drop: a chosen deck is sent at once and opens as a draft, slide by slide, with what was typed so far.
behave("form[data-draft-on-drop]", (form, signal) => {
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length || event.target.validity.customError) return
    form.requestSubmit(form.querySelector("[name=then][value=draft]"))
  }, { signal })
})
