// Runs in the browser while no tab of ours is open. A push says nothing; what there is to tell comes from the server, for
// whoever is signed in here at this moment.
self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))

async function newest() {
  const answer = await fetch("/notifications/newest", { headers: { Accept: "application/json" }, redirect: "manual" })
  return answer.ok ? answer.json() : null
}

async function tell() {
  const windows = await self.clients.matchAll({ type: "window" })
  // Who looks at Quarterdeck sees the bell.
  if (windows.some((each) => each.visibilityState === "visible")) return
  const news = await newest().catch(() => null)
  // Browsers insist that a push shows something: who is signed out here is told no more than that.
  const title = news ? news.text : self.registration.scope.split("/")[2]
  const data = { url: news?.url ?? "/notifications" }
  await self.registration.showNotification(title, { body: news?.because, tag: `quarterdeck-${news?.id ?? ""}`, data })
}

async function open(url) {
  const [first] = await self.clients.matchAll({ type: "window" })
  if (!first) return self.clients.openWindow(url)
  await first.focus()
  return first.navigate(url)
}

self.addEventListener("push", (event) => event.waitUntil(tell()))
self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.url))
})
