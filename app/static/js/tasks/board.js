// The board: cards are dragged, or moved with the arrow keys while one is focused, or by their menu.
import { behave } from "../behave.js"
import { post } from "../http.js"
import { toast } from "../toast.js"
import { word } from "../words.js"
import { refresh, say, shownTasks } from "./live.js"

const cardsOf = (column) => [...column.querySelectorAll(":scope > [data-task]")]
const columns = () => [...document.querySelectorAll("[data-column]")]

/** Tells the server where a card stands now, then everybody who listens and everybody who looks. */
async function keep(card) {
  const column = card.closest("[data-column]")
  const above = card.nextElementSibling?.dataset.task ?? ""
  const cards = cardsOf(column)
  card.dataset.moving = ""
  const answer = await post(`/tasks/${card.dataset.task}/state`, { state: column.dataset.column, before: above },
    { "HX-Request": "true" }).catch(() => null)
  delete card.dataset.moving
  if (!answer?.ok) toast(word(answer ? "failed" : "offline"))
  else tell(card.dataset.title, column.dataset.name, cards.indexOf(card) + 1, cards.length)
  await refresh()
}

function tell(title, column, place, count) {
  const values = { title, column, place, count }
  say(Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), shownTasks().dataset.moved))
}

/** The card one step into a direction; false where there is no such place. */
function step(card, key) {
  const column = card.closest("[data-column]")
  if (key === "ArrowUp" || key === "ArrowDown") {
    const other = key === "ArrowUp" ? card.previousElementSibling : card.nextElementSibling
    if (!other) return false
    key === "ArrowUp" ? other.before(card) : other.after(card)
    return true
  }
  const isBack = (key === "ArrowLeft") !== (getComputedStyle(card).direction === "rtl")
  const next = columns()[columns().indexOf(column) + (isBack ? -1 : 1)]
  next?.append(card)
  return Boolean(next)
}

const waiting = new WeakMap()
function onKey(event) {
  const card = event.target
  if (!card.matches("[data-task][draggable]") || !event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  if (!step(card, event.key)) return say(shownTasks().dataset.stays.replace("{title}", () => card.dataset.title))
  card.focus()
  card.scrollIntoView({ block: "nearest", inline: "nearest" })
  // Several steps in a row are one move.
  card.dataset.moving = ""
  clearTimeout(waiting.get(card))
  waiting.set(card, setTimeout(() => keep(card), 350))
}

/** The card of a column below which the pointer is: what is dragged goes in front of it. */
const below = (column, y) => cardsOf(column).filter((each) => !each.matches(".is-dragged"))
  .find((each) => { const box = each.getBoundingClientRect(); return y < box.top + box.height / 2 })

function onDragOver(event) {
  const column = event.target.closest(".board-column")?.querySelector("[data-column]")
  const card = document.querySelector(".is-dragged")
  if (!column || !card) return
  event.preventDefault()
  const next = below(column, event.clientY) ?? null
  if (next !== card.nextElementSibling || card.parentElement !== column) column.insertBefore(card, next)
}

behave("[data-tasks]", (board, signal) => {
  let isDropped = false
  board.addEventListener("keydown", onKey, { signal })
  board.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-task][draggable]")
    if (!card) return
    isDropped = false
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", card.dataset.title)
    // Marked only once the browser has its picture of the card.
    setTimeout(() => card.classList.add("is-dragged"))
  }, { signal })
  board.addEventListener("dragover", onDragOver, { signal })
  board.addEventListener("drop", (event) => { event.preventDefault(); isDropped = true }, { signal })
  board.addEventListener("dragend", () => {
    const card = board.querySelector(".is-dragged")
    card?.classList.remove("is-dragged")
    if (card && isDropped) keep(card)
    else refresh()
  }, { signal })
})

// The menu of a card moves it in place.
document.addEventListener("submit", (event) => {
  const card = event.target.matches("form[data-move]") && document.querySelector(`[data-column] #task-${event.target.dataset.move}`)
  if (!card) return
  event.preventDefault()
  document.getElementById(`cards-${event.target.elements.state.value}`).append(card)
  keep(card).then(() => document.getElementById(card.id)?.focus())
})
