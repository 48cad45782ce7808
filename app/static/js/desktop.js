// What is new shown on the desktop while nobody looks at the tab: asked for by the person, allowed by the browser. The
// socket only says that there is something; what it says comes the ordinary way, from a route that knows who asks.
import { behave } from "./behave.js"
import { json } from "./http.js"

const SHOWN = "quarterdeck:shown"

document.addEventListener("quarterdeck:notified", async ({ detail: { unread } }) => {
  if (!unread || !document.hidden || window.Notification?.permission !== "granted") return
  const news = await json("/notifications/newest").catch(() => null)
  // Of several tabs one shows it.
  if (!news || Number(localStorage.getItem(SHOWN)) >= news.id) return
  localStorage.setItem(SHOWN, news.id)
  const note = new Notification(news.text, { body: news.because, tag: `quarterdeck-${news.id}` })
  note.addEventListener("click", () => { window.focus(); location.assign(news.url); note.close() })
})

// <p data-desktop> in the settings: how this browser stands to it, and a button that asks it.
behave("[data-desktop]", (line, signal) => {
  if (!("Notification" in window)) return
  const state = line.querySelector("[data-desktop-state]")
  const ask = line.querySelector("[data-desktop-ask]")
  const tell = () => {
    state.textContent = state.dataset[Notification.permission]
    ask.hidden = Notification.permission !== "default"
    line.hidden = false
  }
  ask.addEventListener("click", () => Notification.requestPermission().then(tell), { signal })
  tell()
})
