// The tasks of a space as they are now: fetched anew when somebody changes one, without losing the card one is on.
import { behave } from "../behave.js"
import { fragment } from "../http.js"
import { renew } from "../renew.js"

const WAIT = 120

export const shownTasks = () => document.querySelector("[data-tasks]")

export function say(text) {
  const region = document.querySelector("[data-tasks-said]")
  if (region) region.textContent = text
}

// A card that is being moved, and of which the server does not know yet: until then nothing else moves.
const isMoving = () => shownTasks()?.querySelector(".is-dragged, [data-moving]")

/** Exchanges the board or the list for how it is now. */
export async function refresh() {
  const shown = shownTasks()
  if (!shown || isMoving()) return
  const content = await fragment(location.href).catch(() => null)
  const fresh = content?.querySelector("[data-tasks]")
  if (!fresh || isMoving()) return
  const focused = document.activeElement?.closest("[data-tasks]") ? document.activeElement.closest("[id]").id : ""
  renew(shown, fresh)
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true })
}

behave("[data-tasks]", (element, signal) => {
  let timer = 0
  const later = () => { clearTimeout(timer); timer = setTimeout(refresh, WAIT) }
  document.addEventListener("quarterdeck:changed", ({ detail }) => {
    const isOfSpace = detail.space_id === Number(element.dataset.tasks)
    if (isOfSpace && (detail.kind === "task" || detail.kind === "space")) later()
  }, { signal })
  document.addEventListener("quarterdeck:back", later, { signal })
})
