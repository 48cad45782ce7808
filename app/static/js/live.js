// News from the server. Sockets bring only {kind, id, space_id, thread_id}; what changed is fetched the ordinary way.
import { Idiomorph } from "idiomorph"
import { io } from "socket.io-client"
import { behave } from "./behave.js"
import { fragment } from "./http.js"
import { htmx } from "./htmx.js"
import { announce } from "./stream.js"
import { insertComment } from "./thread.js"

const rooms = new Map()
const entered = new Set()
const busy = new Map()
let socket = null

function connect() {
  socket = io({ transports: ["websocket"] })
  socket.on("connect", () => { rooms.forEach(enter); tell() })
  socket.on("disconnect", () => { entered.clear(); tell() })
  socket.on("changed", changed)
  socket.on("notified", ({ unread }) => showUnread(document.querySelectorAll("[data-unread-notifications]"), unread))
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
  document.documentElement.classList.toggle("is-live", socket.connected && entered.size === rooms.size)
}

/** Fetches once however many pings ask for the same thing at the same time. */
function once(key, work) {
  if (busy.has(key)) return
  busy.set(key, setTimeout(() => work().finally(() => busy.delete(key)), 60))
}

function changed({ kind, id, space_id: space, thread_id: thread }) {
  const shown = document.getElementById(`entry-${id}`)
  if (shown) once(`entry-${id}`, () => refresh(shown))
  else if (thread) once(`entry-${id}`, () => arrive(id, thread))
  else if (kind !== "comment") announce(id, space)
  refreshCounts()
}

async function refresh(element) {
  if (!element.dataset.fragment || element.contains(document.activeElement?.closest("form"))) return
  const content = await fragment(element.dataset.fragment)
  const fresh = content?.getElementById(element.id)
  if (!fresh) { element.hidden = true; return }
  // A comment's answers are not part of its own fragment: only what it says itself is exchanged.
  const own = element.matches(".comment") ? ":scope > .comment-self" : null
  const [from, to] = own ? [element.querySelector(own), fresh.querySelector(own)] : [element, fresh]
  Idiomorph.morph(from, to, { ignoreActiveValue: true })
  htmx.process(element)
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
  counting = setTimeout(async () => {
    const response = await fetch(url)
    if (!response.ok) return
    const { notifications, spaces } = await response.json()
    showUnread(document.querySelectorAll("[data-unread-notifications]"), notifications)
    for (const link of document.querySelectorAll("[data-space-link]")) {
      showUnread(link.querySelectorAll("[data-space-unread]"), spaces[link.dataset.spaceLink] ?? 0)
    }
  }, 1000)
}
document.addEventListener("quarterdeck:read", refreshCounts)

behave("[data-join-space]", (element) => {
  for (const id of element.dataset.joinSpace.split(" ").filter(Boolean)) join({ space_id: Number(id) })
})
behave("[data-join-entry]", (element) => join({ entry_id: Number(element.dataset.joinEntry) }))

if (document.querySelector("body[data-live]")) connect()
