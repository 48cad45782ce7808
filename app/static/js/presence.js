// Who else reads this thread now and who types: sockets tell ids, names are asked for the ordinary way.
import { behave } from "./behave.js"
import { json } from "./http.js"
import { say } from "./live.js"

const BEAT = 20000
const LASTS = 45000
const TYPES = 6000
const TYPING_EVERY = 3000
// A listener is told of changes no more often than this.
const SAID_EVERY = 15000
const MOST = 3
const names = new Map()

async function learn(thread, ids) {
  const unknown = ids.filter((id) => !names.has(id))
  if (!unknown.length) return
  unknown.forEach((id) => names.set(id, null))
  const found = await json(`/e/${thread}/readers?ids=${unknown}`).catch(() => null)
  for (const id of unknown) found ? names.set(id, found[id] ?? null) : names.delete(id)
}

function list(people, words) {
  const shown = people.slice(0, MOST)
  if (people.length > MOST) shown.push(words.more.replace("{n}", people.length - MOST))
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} ${words.and} ${shown.at(-1)}` : shown[0]
}

behave("[data-presence]", (place, signal) => {
  const thread = Number(place.dataset.presence)
  const words = place.dataset
  const there = new Map()
  const [shown, said] = [place.querySelector("[data-presence-shown]"), place.querySelector("[data-presence-said]")]
  let typed = 0
  let spoken = 0

  function show() {
    const now = Date.now()
    for (const [id, each] of there) if (each.until < now) there.delete(id)
    const known = [...there].map(([id, each]) => ({ name: names.get(id), types: each.typesUntil > now })).filter((each) => each.name)
    const typing = known.filter((each) => each.types).map((each) => each.name)
    const people = typing.length ? typing : known.map((each) => each.name)
    const word = typing.length ? (typing.length > 1 ? words.type : words.types) : people.length > 1 ? words.read : words.reads
    const text = people.length ? word.replace("{names}", list(people, words)) : ""
    if (shown.textContent === text) return
    shown.textContent = text
    // What is taken away is not said aloud; it would only stand there for who reads on.
    if (!text) said.textContent = ""
    if (text && now - spoken > SAID_EVERY) {
      said.textContent = text
      spoken = now
    }
  }

  function hear(id, state) {
    const now = Date.now()
    if (state === "gone") there.delete(id)
    else there.set(id, { until: now + LASTS, typesUntil: state === "typing" ? now + TYPES : 0 })
  }

  async function know() {
    show()
    await learn(thread, [...there.keys()])
    show()
  }

  function attend(typing = false) {
    if (document.hidden) return
    say("attend", { entry_id: thread, typing }, ({ people }) => {
      if (!people) return
      for (const [id, state] of Object.entries(people)) hear(Number(id), state)
      know()
    })
  }

  const me = Number(document.documentElement.dataset.person)
  document.addEventListener("quarterdeck:presence", ({ detail }) => {
    if (detail.thread_id !== thread || detail.person_id === me) return
    hear(detail.person_id, detail.state)
    know()
  }, { signal })
  document.addEventListener("input", ({ target }) => {
    if (!target.closest?.(`[data-thread-of="${thread}"] textarea`) || Date.now() - typed < TYPING_EVERY) return
    typed = Date.now()
    attend(true)
  }, { signal })
  document.addEventListener("visibilitychange", () => document.hidden ? say("leave_thread", { entry_id: thread }) : attend(), { signal })
  document.addEventListener("quarterdeck:live", () => attend(), { signal })
  const timers = [setInterval(() => attend(), BEAT), setInterval(show, 1000)]
  signal.addEventListener("abort", () => {
    timers.forEach(clearInterval)
    say("leave_thread", { entry_id: thread })
  })
  attend()
})
