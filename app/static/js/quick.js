// Forms that are filled in without the mouse: Ctrl+Enter sends a form with data-quick from wherever one types in it,
// and Enter in a search for something to choose chooses nothing and sends nothing.
import { behave } from "./behave.js"

behave("form[data-quick]", (form, signal) => {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    form.requestSubmit()
  }, { signal })
})

behave("[data-picker] input[type=search]", (search, signal) => {
  search.addEventListener("keydown", (event) => event.key === "Enter" && !event.ctrlKey && !event.metaKey && event.preventDefault(), { signal })
})
