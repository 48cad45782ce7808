// The inbox: what one is done with or puts off leaves the list at once, and a word offers to take that back.
// Keys: j and k move (keys.js), Enter opens, e is done, z puts off.
import { page, post } from "./http.js"
import { toast } from "./toast.js"
import { word } from "./words.js"

// How often one changed the list oneself: what was fetched before that is old.
let changes = 0
const change = (url, fields) => {
  changes += 1
  return post(url, fields).catch(() => null).finally(() => { changes += 1 })
}
const writing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog, [popover]")
const items = () => [...document.querySelectorAll("[data-inbox-item]")]

function stand(item) {
  document.querySelector(".is-current")?.classList.remove("is-current")
  item?.classList.add("is-current")
  item?.focus()
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-inbox-act]")
  if (!form) return
  event.preventDefault()
  const item = form.closest("[data-inbox-item]")
  const fields = Object.fromEntries(new FormData(form, event.submitter))
  const answer = await change(form.action, fields)
  if (!answer?.ok) return toast(word(answer ? "failed" : "offline"))
  const place = { list: item.parentElement, before: item.nextElementSibling }
  const next = item.nextElementSibling ?? item.previousElementSibling
  const hadFocus = item.contains(document.activeElement) || item.matches(".is-current")
  form.closest("[popover]")?.hidePopover()
  item.remove()
  if (hadFocus) next ? stand(next) : document.getElementById("content").focus()
  if (!form.dataset.undo) return
  toast(form.dataset.said, { action: { label: word("undo"), act: () => undo(form.dataset.undo, item, place) } })
})

async function undo(url, item, { list, before }) {
  const answer = await change(url)
  if (!answer?.ok) return toast(word(answer ? "failed" : "offline"))
  // The news of it may have been faster.
  document.getElementById(item.id)?.remove()
  list.insertBefore(item, before?.isConnected ? before : null)
  stand(item)
}

// What is new while one looks comes in at the top; a thread that is there already moves up.
document.addEventListener("quarterdeck:notified", refresh)

async function refresh() {
  const list = document.querySelector("[data-inbox=inbox]")
  if (!list || location.search.includes("before=")) return
  const before = changes
  const fresh = (await page(location.href).catch(() => null))?.querySelector("[data-inbox]")
  if (before !== changes) return refresh()
  const known = new Map(items().map((item) => [item.dataset.inboxItem, item]))
  const lines = [...(fresh?.children ?? [])]
  // Below the first line that is known nothing is new: what slid in from the next page is not.
  const end = lines.findIndex((line) => known.get(line.dataset.inboxItem)?.id === line.id)
  for (const line of lines.slice(0, end < 0 ? lines.length : end).reverse()) {
    const old = known.get(line.dataset.inboxItem)
    if (old?.contains(document.activeElement)) continue
    old?.remove()
    list.prepend(line)
  }
}

const keys = {
  e: (item) => item.querySelector("[data-inbox-done]"),
  z: (item) => item.querySelector("[popovertarget]"),
  Enter: (item) => item === document.activeElement && item.querySelector("[data-inbox-open]"),
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || writing(event.target)) return
  const item = items().find((each) => each.matches(".is-current"))
  const button = item && keys[event.key]?.(item)
  if (!button) return
  event.preventDefault()
  button.click()
  if (event.key === "z") document.querySelector(".menu:popover-open .menu-item")?.focus()
})
