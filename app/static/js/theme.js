// Light or dark, changed at once and remembered: in a cookie for the next page, on the server for the next browser.
import { post } from "./http.js"

const YEAR = 365 * 24 * 3600

export function toggleTheme() {
  const root = document.documentElement
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
  const theme = dark ? "light" : "dark"
  root.dataset.theme = theme
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`
  post("/settings/theme", { theme })
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-form]")) return
  event.preventDefault()
  toggleTheme()
})
