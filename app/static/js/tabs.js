// Tabs that do not fit are scrolled to the one that is open, and data-more says on which side there are others.
import { behave } from "./behave.js"

behave(".tabs", (tabs, signal) => {
  const current = tabs.querySelector("[aria-current]")
  if (current) tabs.scrollLeft += current.getBoundingClientRect().left + current.offsetWidth / 2 - tabs.getBoundingClientRect().left - tabs.offsetWidth / 2
  const tell = () => {
    const passed = Math.abs(tabs.scrollLeft)
    const left = tabs.scrollWidth - tabs.clientWidth - passed
    tabs.dataset.more = [passed > 1 && "before", left > 1 && "after"].filter(Boolean).join(" ")
  }
  tabs.addEventListener("scroll", tell, { signal, passive: true })
  addEventListener("resize", tell, { signal })
  tell()
})
