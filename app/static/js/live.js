// News from the server. Sockets bring only {kind, id, space_id, thread_id}; what changed is fetched the ordinary way.
import { io } from "socket.io-client"
import { behave } from "./behave.js"
import { fragment, json } from "./http.js"
import { renew } from "./renew.js"
import { announce, catchUpStreams } from "./stream.js"
import { catchUpThreads, insertComment } from "./thread.js"

const rooms = new Map()
const entered = new Set()
const busy = new Map()
const AGAIN = 5000
let socket = null
// Whether there may have been news that nobody told us of.
let missed = false
// What is told while the page catches up; an older state of it may still be on its way.
let held = null

function connect() {
  socket = io({ transports: ["websocket"] })
  socket.on("connect", () => { rooms.forEach(enter); tell() })
  socket.on("connect_error", () => { missed = true })
  socket.on("disconnect", () => { missed = true; entered.clear(); tell() })
  socket.on("changed", changed)
  socket.on("presence", (news) => document.dispatchEvent(new CustomEvent("quarterdeck:presence", { detail: news })))
  socket.on("notified", ({ unread }) => {
    showUnread(document.querySelectorAll("[data-unread-notifications]"), unread)
    document.dispatchEvent(new CustomEvent("quarterdeck:notified", { detail: { unread } }))
  })
}

/** Says something to the server, if it can be reached now. */
export function say(name, data, heard) {
  if (socket?.connected) socket.emit(name, data, ...(heard ? [heard] : []))
}

function join(room) {
  const name = JSON.stringify(room)
  if (rooms.has(name)) return
  rooms.set(name, room)
  if (socket?.connected) enter(room, name)
}

function enter(room, name) {
  socket.emit("join", room, () => { entered.add(name); tell() })
}

/** <html class="is-live"> while every room this page wants news of has let it in. */
function tell() {
  const isLive = socket.connected && entered.size === rooms.size
  document.documentElement.classList.toggle("is-live", isLive)
  if (isLive) document.dispatchEvent(new Event("quarterdeck:live"))
  // A page nobody looks at waits: after a restart of the server not every open tab asks at once.
  if (isLive && missed && !held && !document.hidden) catchUp()
}

/** Once all rooms tell again what happens: fetches what happened while they could not. */
async function catchUp() {
  missed = false
  held = []
  const done = await Promise.all([catchUpStreams(), catchUpThreads()]).then(() => true, () => false)
  const news = held
  held = null
  news.forEach(changed)
  renewBeside("[data-beside]")
  document.dispatchEvent(new Event("quarterdeck:back"))
  refreshCounts()
  if (!done) missed = true
  if (missed) setTimeout(tell, AGAIN)
}

/** Fetches once however many pings ask for the same thing at the same time; what they tell meanwhile is fetched anew. */
function once(key, work) {
  if (busy.has(key)) return busy.get(key).again = true
  const state = { again: false }
  busy.set(key, state)
  setTimeout(() => {
    state.again = false
    work().catch(() => { missed = true }).finally(() => {
      busy.delete(key)
      if (state.again) once(key, work)
    })
  }, 60)
}

function changed(news) {
  if (held) return held.push(news)
  const { kind, id, space_id: space, thread_id: thread } = news
  document.dispatchEvent(new CustomEvent("quarterdeck:changed", { detail: news }))
  const shown = document.getElementById(`entry-${id}`)
  if (shown) once(`entry-${id}`, () => refresh(shown))
  else if (thread) once(`entry-${id}`, () => arrive(id, thread))
  // A list of things to do is no news: no stream shows tasks.
  else if (kind !== "comment" && kind !== "task") announce(id, space)
  renewBeside(`[data-beside="${thread ?? id}"]`)
  refreshCounts()
}

// What one did oneself: an answer that was asked for before may not know it.
let deeds = 0
document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.requestConfig.verb !== "get") deeds += 1 })

async function refresh(element) {
  if (!element.dataset.fragment) return
  const before = deeds
  const content = await fragment(element.dataset.fragment)
  if (deeds !== before) return refresh(element)
  const fresh = content?.getElementById(element.id)
  if (fresh) renew(element, fresh)
  else element.hidden = true
}

// What a page tells of a thread besides showing it: <… id data-beside="<root id>" data-fragment="…">.
function renewBeside(places) {
  document.querySelectorAll(places).forEach((place) => once(place.id, () => refresh(place)))
}

async function arrive(id, thread) {
  if (document.querySelector(`[data-thread-of="${thread}"]`)) {
    const content = await fragment(`/e/${id}/fragment`)
    if (content) insertComment(content.querySelector(".comment"), thread)
  }
  const root = document.getElementById(`entry-${thread}`)
  if (root) await refresh(root)
}

function showUnread(places, count) {
  for (const place of places) {
    place.firstChild ? (place.firstChild.textContent = count) : (place.textContent = count)
    place.hidden = !count
  }
}

// <body data-unread-url>: GET answers {notifications, spaces: {id: count}}; asked at most once a second.
let counting = 0
function refreshCounts() {
  const url = document.body.dataset.unreadUrl
  if (!url) return
  clearTimeout(counting)
  counting = setTimeout(() => json(url).then((counts) => counts && showCounts(counts), () => { missed = true }), 1000)
}
document.addEventListener("quarterdeck:read", refreshCounts)

function showCounts({ notifications, spaces }) {
  showUnread(document.querySelectorAll("[data-unread-notifications]"), notifications)
  for (const link of document.querySelectorAll("[data-space-link]")) {
    const count = spaces[link.dataset.spaceLink] ?? 0
    showUnread(link.querySelectorAll("[data-space-unread]"), count)
    link.classList.toggle("nav-link--unread", count > 0)
  }
}

behave("[data-join-space]", (element) => {
  for (const id of element.dataset.joinSpace.split(" ").filter(Boolean)) join({ space_id: Number(id) })
})
behave("[data-join-entry]", (element) => join({ entry_id: Number(element.dataset.joinEntry) }))

if (document.querySelector("body[data-live]")) {
  connect()
  document.addEventListener("visibilitychange", tell)
}
