// Two pictures over each other: a slider (pointer, finger or arrow keys) says how much of the one below is seen.
import { behave } from "./behave.js"

behave("[data-wipe]", (frame, signal) => {
  const slider = frame.querySelector("[data-wipe-at]")
  const show = () => frame.style.setProperty("--wipe", `${slider.value}%`)
  slider.addEventListener("input", show, { signal })
  show()
})
