// A stream says "3 new" and shows them when asked: what one reads never moves by itself.
import { behave } from "./behave.js"
import { fragment } from "./http.js"

const pending = new WeakMap()

const newest = (stream) => Math.max(0, ...[...stream.querySelectorAll(".entry")].map((entry) => Number(entry.dataset.entry)))

function tell(stream) {
  const waiting = pending.get(stream)
  for (const id of waiting) if (document.getElementById(`entry-${id}`)) waiting.delete(id)
  const bar = stream.querySelector("[data-fresh]")
  const link = bar.querySelector("a")
  link.textContent = waiting.size === 1 ? link.dataset.one : link.dataset.many.replace("{n}", waiting.size)
  bar.hidden = waiting.size === 0
}

/** News of entry `id` in space `spaceId`, for every stream on the page that shows this space. */
export function announce(id, spaceId) {
  for (const [stream, waiting] of streamsOf(spaceId)) {
    waiting.add(id)
    tell(stream)
  }
}

function streamsOf(spaceId) {
  return [...document.querySelectorAll("[data-stream][data-stream-url]")]
    .filter((stream) => (stream.dataset.joinSpace ?? "").split(" ").includes(String(spaceId)))
    .map((stream) => [stream, pending.get(stream)])
}

async function show(stream) {
  const url = new URL(stream.dataset.streamUrl, location.href)
  url.searchParams.set("after", newest(stream))
  const content = await fragment(url)
  if (!content) return
  content.querySelectorAll(".entry").forEach((entry) => { if (document.getElementById(entry.id)) entry.remove() })
  content.querySelectorAll(".older").forEach((link) => link.remove())
  const first = content.querySelector(".entry")
  stream.querySelector("[data-stream-list]").prepend(content)
  pending.get(stream).clear()
  tell(stream)
  stream.scrollIntoView({ block: "start" })
  first?.focus({ preventScroll: true })
}

behave("[data-stream]", (stream, signal) => {
  pending.set(stream, new Set())
  stream.querySelector("[data-fresh] a")?.addEventListener("click", (event) => {
    event.preventDefault()
    show(stream)
  }, { signal })
  stream.addEventListener("htmx:afterSwap", () => tell(stream), { signal })
})
