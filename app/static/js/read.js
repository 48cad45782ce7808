// Read marks: when the newest entry of a stream has been in sight for a second, POST <data-read-url> (entry_id).
import { behave } from "./behave.js"
import { post } from "./http.js"

const GLANCE = 1000

behave("[data-read-url] [data-stream-list] > .entry", (entry, signal) => {
  const stream = entry.closest("[data-read-url]")
  const id = Number(entry.dataset.entry)
  let timer = 0
  const observer = new IntersectionObserver(([seen]) => {
    clearTimeout(timer)
    if (seen.isIntersecting && id > Number(stream.dataset.seen ?? 0)) timer = setTimeout(mark, GLANCE)
  })

  function mark() {
    if (document.hidden || id <= Number(stream.dataset.seen ?? 0)) return
    stream.dataset.seen = id
    post(stream.dataset.readUrl, { entry_id: id }).then(() => document.dispatchEvent(new Event("quarterdeck:read")))
    observer.disconnect()
  }

  observer.observe(entry)
  signal.addEventListener("abort", () => { observer.disconnect(); clearTimeout(timer) })
})
