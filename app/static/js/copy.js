// data-copy="/e/12": puts the full address on the clipboard; without JavaScript the link is simply followed.
import { toast } from "./toast.js"
import { word } from "./words.js"

document.addEventListener("click", async (event) => {
  const source = event.target.closest("[data-copy]")
  if (!source || !navigator.clipboard) return
  event.preventDefault()
  await navigator.clipboard.writeText(new URL(source.dataset.copy, location.href).href)
  source.closest("[popover]")?.hidePopover()
  toast(word("copied"), 3000)
})
