// <p data-push="KEY"> in the settings: lets this browser be woken up when something is new and no tab is open, or not any
// more. The browser's maker gives an address for it; what is sent there says nothing (worker.js).
import { behave } from "./behave.js"
import { post } from "./http.js"

const isAble = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0))

async function subscription() {
  const known = await navigator.serviceWorker.getRegistration("/")
  return (await known?.pushManager.getSubscription()) ?? null
}

async function begin(key) {
  if (await Notification.requestPermission() !== "granted") return
  await navigator.serviceWorker.register("/worker.js")
  const ready = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) }
  const { endpoint } = await ready.pushManager.subscribe(options)
  const answer = await post("/settings/notifications/browser", { endpoint })
  if (!answer.ok) await end()
}

async function end() {
  await (await subscription())?.unsubscribe()
  await post("/settings/notifications/browser/end")
}

behave("[data-push]", (line, signal) => {
  if (!isAble) return
  const [state, start, stop] = ["state", "start", "stop"].map((name) => line.querySelector(`[data-push-${name}]`))
  const tell = async (failed = false) => {
    const isOn = await subscription() !== null
    const name = failed ? "failed" : Notification.permission === "denied" ? "denied" : isOn ? "on" : "off"
    state.textContent = state.dataset[name]
    start.hidden = isOn || Notification.permission === "denied"
    stop.hidden = !isOn
    line.hidden = false
  }
  const during = (step) => step.then(() => tell(), () => tell(true))
  start.addEventListener("click", () => during(begin(line.dataset.push)), { signal })
  stop.addEventListener("click", () => during(end()), { signal })
  tell()
})
