// Keeps "12 minutes ago" true. Only the last day is touched; older times the server said well enough.
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ago = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" })

function refresh() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const age = Date.now() - Date.parse(time.dateTime)
    if (age < MINUTE || age >= 24 * HOUR) continue
    const [unit, length] = age < HOUR ? ["minute", MINUTE] : ["hour", HOUR]
    time.textContent = ago.format(-Math.floor(age / length), unit)
  }
}

setInterval(refresh, MINUTE)
document.addEventListener("visibilitychange", () => document.hidden || refresh())
