// A space is visited when somebody really looks at it: POST <data-visit>, once the page is in sight.
import { behave } from "./behave.js"
import { post } from "./http.js"

behave("[data-visit]", (place, signal) => {
  const visit = () => document.hidden || post(place.dataset.visit).catch(() => {})
  if (!document.hidden) visit()
  else document.addEventListener("visibilitychange", visit, { signal, once: true })
})
