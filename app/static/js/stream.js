// A stream says "3 new" and shows them when asked: what one reads never moves by itself.
import { behave } from "./behave.js"
import { fragment, json } from "./http.js"
import { htmx } from "./htmx.js"
import { renew } from "./renew.js"
import { toast } from "./toast.js"
import { word } from "./words.js"

// Of each stream: everything up to the entry `known` has been fetched; `waiting` are ids of newer ones, not shown yet;
// `more` says that there are even more than could be told. What one posts oneself is shown, but tells nothing of others.
const states = new WeakMap()

const idOf = (entry) => Number(entry.dataset.entry)
const entriesOf = (part) => [...part.querySelectorAll(".entry")]
// A line that stands for several entries has its place among them.
const linesOf = (part) => [...part.querySelectorAll(".entry, .fold")]
const newest = (entries) => Math.max(0, ...entries.map(idOf))

function tell(stream) {
  const { waiting, more } = states.get(stream)
  for (const id of waiting) if (document.getElementById(`entry-${id}`)) waiting.delete(id)
  const bar = stream.querySelector("[data-fresh]")
  const link = bar.querySelector("a")
  const count = more ? `${waiting.size}+` : waiting.size
  link.textContent = count === 1 ? link.dataset.one : link.dataset.many.replace("{n}", count)
  bar.hidden = waiting.size === 0
}

function address(stream, bounds) {
  const url = new URL(stream.dataset.streamUrl, location.href)
  url.searchParams.delete("before")
  for (const [name, value] of Object.entries(bounds)) url.searchParams.set(name, value)
  return url
}

/** News of entry `id` in space `spaceId`, for every stream on the page that shows this space. */
export function announce(id, spaceId) {
  for (const stream of liveStreams()) {
    if (!(stream.dataset.joinSpace ?? "").split(" ").includes(String(spaceId))) continue
    const { known, waiting } = states.get(stream)
    // What is older has changed somewhere further down. What waits already has changed too, or is gone again; and a
    // stream of one kind has to ask whether this is of its kind.
    if (id <= known) continue
    if (waiting.has(id) || new URL(stream.dataset.streamUrl, location.href).searchParams.has("tab")) {
      ask(stream).catch(() => {})
    } else {
      waiting.add(id)
      tell(stream)
    }
  }
}

const liveStreams = () => [...document.querySelectorAll("[data-stream][data-stream-url]")]

/** Which entries are new, from the server: however long one was away the number is exact. */
async function ask(stream) {
  const state = states.get(stream)
  const before = [...state.waiting]
  const news = await json(address(stream, { after: state.known }))
  if (!news) return
  before.forEach((id) => state.waiting.delete(id))
  news.ids.forEach((id) => state.waiting.add(id))
  state.more = news.more
  tell(stream)
}

/** Puts an entry where it belongs among those shown, the newest first. */
function place(list, entry) {
  list.insertBefore(entry, [...list.children].find((shown) => idOf(shown) < idOf(entry)) ?? null)
  htmx.process(entry)
}

async function show(stream) {
  const state = states.get(stream)
  const before = [...state.waiting]
  const content = await fragment(address(stream, { after: state.known })).catch(() => null)
  if (!content) return toast(word("failed"))
  const list = stream.querySelector("[data-stream-list]")
  const [came, older] = [linesOf(content), content.querySelector(".older")]
  came.filter((entry) => !document.getElementById(entry.id)).forEach((entry) => place(list, entry))
  state.known = Math.max(state.known, newest(came))
  tell(stream)
  // A page full of them is shown; the rest is reached where it would stand.
  if (older && state.waiting.size) document.getElementById(came.at(-1).id).after(older)
  if (older) htmx.process(older)
  // What was announced while this was on its way still waits.
  before.concat([...state.waiting].filter((id) => id <= state.known)).forEach((id) => state.waiting.delete(id))
  state.more = false
  tell(stream)
  stream.scrollIntoView({ block: "start" })
  document.getElementById(came[0]?.id)?.focus({ preventScroll: true })
}

/** Exchanges what is shown for how it reads now, page by page; what is gone goes. */
async function renewShown(stream) {
  let left = entriesOf(stream)
  let before = newest(left) + 1
  while (left.length) {
    const content = await fragment(address(stream, { before }))
    if (!content) return
    const fresh = new Map(entriesOf(content).map((entry) => [idOf(entry), entry]))
    const folds = [...content.querySelectorAll(".fold")].map((fold) => [idOf(fold), Number(fold.dataset.oldest)])
    const ends = [...fresh.keys(), ...folds.map(([, oldest]) => oldest)]
    const last = ends.length && content.querySelector(".older") ? Math.min(...ends) : 0
    for (const entry of left.filter((each) => idOf(each) >= last)) {
      const now = fresh.get(idOf(entry))
      // What is folded by now was opened here, and stays.
      const isFolded = folds.some(([first, oldest]) => idOf(entry) <= first && idOf(entry) >= oldest)
      if (now) renew(entry, now)
      else if (!isFolded) entry.hidden = true
    }
    left = left.filter((entry) => idOf(entry) < last)
    before = last
  }
}

/** After a time without news: says how much is new, and mends what is shown. */
export const catchUpStreams = () =>
  Promise.all(liveStreams().flatMap((stream) => [ask(stream), renewShown(stream)]))

behave("[data-stream]", (stream, signal) => {
  states.set(stream, { known: newest(entriesOf(stream)), waiting: new Set(), more: false })
  stream.querySelector("[data-fresh] a")?.addEventListener("click", (event) => {
    event.preventDefault()
    show(stream)
  }, { signal })
  stream.addEventListener("htmx:afterSwap", () => tell(stream), { signal })
})
