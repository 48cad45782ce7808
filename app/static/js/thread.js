// Threads: "Reply" opens the thread's composer right below the comment, and new comments find their place.
import { Idiomorph } from "idiomorph"
import { behave } from "./behave.js"
import { htmx } from "./htmx.js"

/** Puts a comment where it belongs in thread `root`, or exchanges the one that is already there. */
export function insertComment(comment, root) {
  const shown = document.getElementById(comment.id)
  if (shown) {
    Idiomorph.morph(shown.querySelector(":scope > .comment-self"), comment.querySelector(":scope > .comment-self"))
    htmx.process(shown)
    return
  }
  const above = comment.dataset.parent && document.getElementById(`replies-${comment.dataset.parent}`)
  const place = above || [...document.querySelectorAll(`[data-thread-of="${root}"]`)]
    .find((thread) => (thread.dataset.threadPage ?? "") === (comment.dataset.page ?? ""))?.querySelector("[data-comments]")
  place?.append(comment)
  if (place) htmx.process(comment)
}

function answerTo(comment, thread) {
  const composer = thread.querySelector("[data-composer]:not([data-answer])").cloneNode(true)
  const id = comment.dataset.entry
  composer.id = `answer-${id}`
  composer.dataset.answer = id
  composer.dataset.draftKey = `answer-${id}`
  composer.querySelector("[name=parent_id]").value = id
  composer.setAttribute("hx-target", `#replies-${id}`)
  const text = composer.querySelector("textarea")
  text.id = `answer-${id}-text`
  text.value = ""
  const frame = document.createElement("div")
  frame.className = "composer-sizes"
  frame.append(composer)
  comment.querySelector(":scope > .comment-self").after(frame)
  htmx.process(composer)
  text.focus()
}

behave("[data-thread-of]", (thread, signal) => {
  thread.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reply]")
    if (!link) return
    event.preventDefault()
    const open = document.getElementById(`answer-${link.dataset.reply}`)
    if (open) open.querySelector("textarea").focus()
    else answerTo(link.closest(".comment"), thread)
  }, { signal })
  thread.addEventListener("keydown", (event) => {
    const answer = event.key === "Escape" && event.target.closest("[data-answer]")
    if (!answer || event.defaultPrevented) return
    answer.closest(".comment").querySelector("[data-reply]")?.focus()
    answer.closest(".composer-sizes").remove()
  }, { signal })
})
