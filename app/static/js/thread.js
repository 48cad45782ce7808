// Threads: "Reply" opens the thread's composer right below the comment, and new comments find their place.
import { behave } from "./behave.js"
import { htmx } from "./htmx.js"
import { page } from "./http.js"
import { pointNowhere } from "./pins/note.js"
import { renew } from "./renew.js"

/** Puts a comment where it belongs in thread `root`, or exchanges the one that is already there. */
export function insertComment(comment, root) {
  const shown = document.getElementById(comment.id)
  if (shown) return renew(shown, comment)
  const above = comment.dataset.parent && document.getElementById(`replies-${comment.dataset.parent}`)
  const place = above || [...document.querySelectorAll(`[data-thread-of="${root}"]`)]
    .find((thread) => (thread.dataset.threadPage ?? "") === (comment.dataset.page ?? ""))?.querySelector("[data-comments]")
  if (!place) return
  const later = [...place.children].find((each) => comesAfter(each, comment))
  place.insertBefore(comment, later ?? null)
  htmx.process(comment)
}

/** By the moments they speak of, else by age: what one missed may be older than what one wrote meanwhile. */
function comesAfter(one, other) {
  const [at, otherAt] = [Number(one.dataset.at ?? 0), Number(other.dataset.at ?? 0)]
  return at === otherAt ? Number(one.dataset.entry) > Number(other.dataset.entry) : at > otherAt
}

/** After a time without news: the page as it is now brings new, edited and deleted comments and the entry itself. */
export async function catchUpThreads() {
  const threads = [...document.querySelectorAll("[data-thread-of]")]
  const now = threads.length ? await page(location.href) : null
  if (!now) return
  for (const id of new Set(threads.map((thread) => `entry-${thread.dataset.threadOf}`))) {
    const [root, fresh] = [document.getElementById(id), now.getElementById(id)]
    if (root && fresh) renew(root, fresh)
    else if (root) root.hidden = true
  }
  now.querySelectorAll("[data-thread-of] .comment").forEach((comment) => insertComment(comment, comment.dataset.thread))
}

function answerTo(comment, thread) {
  const composer = thread.querySelector("[data-composer]:not([data-answer])").cloneNode(true)
  const id = comment.dataset.entry
  composer.id = `answer-${id}`
  composer.dataset.answer = id
  composer.dataset.draftKey = `answer-${id}`
  composer.querySelector("[name=parent_id]").value = id
  composer.querySelectorAll("[data-ask], [data-point]").forEach((button) => button.remove())
  pointNowhere(composer)
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
