// Read marks: when the newest entry in sight has been there for a second, POST <data-read-url> (entry_id), once.
import { behave } from "./behave.js"
import { post } from "./http.js"

const GLANCE = 1000
const marks = new WeakMap()

function mark(stream) {
  const marked = marks.get(stream)
  if (document.hidden || marked.newest <= marked.said) return
  marked.said = marked.newest
  post(stream.dataset.readUrl, { entry_id: marked.newest })
    .then(() => document.dispatchEvent(new Event("quarterdeck:read")), () => { marked.said = 0 })
}

// What was read while the server was away is said once it is back.
document.addEventListener("quarterdeck:back", () => document.querySelectorAll("[data-read-url]").forEach((stream) => {
  if (marks.has(stream)) mark(stream)
}))

behave("[data-read-url] [data-stream-list] > .entry", (entry, signal) => {
  const stream = entry.closest("[data-read-url]")
  if (!marks.has(stream)) marks.set(stream, { newest: 0, said: 0, timer: 0 })
  const marked = marks.get(stream)
  const id = Number(entry.dataset.entry)
  const observer = new IntersectionObserver(([seen]) => {
    if (!seen.isIntersecting || id <= marked.newest) return
    marked.newest = id
    clearTimeout(marked.timer)
    marked.timer = setTimeout(() => mark(stream), GLANCE)
    observer.disconnect()
  })
  observer.observe(entry)
  signal.addEventListener("abort", () => observer.disconnect())
})
