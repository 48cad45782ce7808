// A new task opens in place: the line is sent, the board shows it, and the next one can be typed at once.
import { behave } from "../behave.js"
import { post } from "../http.js"
import { toast } from "../toast.js"
import { word } from "../words.js"
import { refresh, say, shownTasks } from "./live.js"

behave("[data-task-add]", (form, signal) => {
  form.addEventListener("submit", async (event) => {
    if (!shownTasks()) return
    event.preventDefault()
    const answer = await post(form.action, new FormData(form), { "HX-Request": "true" }).catch(() => null)
    if (answer?.status !== 201 && answer?.status !== 422) return toast(word(answer ? "failed" : "offline"))
    const template = document.createElement("template")
    template.innerHTML = await answer.text()
    const fresh = template.content.querySelector("form")
    form.replaceWith(fresh)
    fresh.elements.line.focus()
    if (!fresh.dataset.added) return
    await refresh()
    say(fresh.dataset.said)
    const card = document.getElementById(`task-${fresh.dataset.added}`)
    card?.classList.add("is-new")
    card?.scrollIntoView({ block: "nearest" })
  }, { signal })
})
