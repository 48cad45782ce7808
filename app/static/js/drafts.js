// Where unfinished writing is kept: by person, place and tab, so that two tabs do not overwrite each other. What a closed
// tab left behind is taken over by the next tab that opens the same place.
const person = document.documentElement.dataset.person ?? ""
const newTab = () => (sessionStorage.tab = Math.random().toString(36).slice(2))
const tab = sessionStorage.tab ?? newTab()
const PATIENCE = 3000

// A tab that lives holds a lock of its name. The page before this one lets go of it as it leaves; who waits longer is a
// copy of a tab, and is told apart from its next page on.
const copied = navigator.locks && setTimeout(newTab, PATIENCE)
navigator.locks?.request(`tab:${tab}`, () => {
  clearTimeout(copied)
  return new Promise(() => {})
})

async function openTabs() {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return new Set(held.map((lock) => lock.name))
}

/** The draft of one place, say "comment-12": any JSON value. */
export function draftOf(place) {
  const start = `draft:${person}:${place}:`
  const key = start + tab
  const parse = (name) => JSON.parse(localStorage.getItem(name) ?? "null")

  return {
    read: () => parse(key),
    write: (value) => localStorage.setItem(key, JSON.stringify({ ...value, at: Date.now() })),
    clear: () => localStorage.removeItem(key),

    /** The newest draft of tabs that are closed, ours from now on. */
    async adopt() {
      const open = await openTabs()
      const left = Object.keys(localStorage)
        .filter((name) => name.startsWith(start) && name !== key && !open.has(`tab:${name.slice(start.length)}`))
        .sort((a, b) => (parse(b).at ?? 0) - (parse(a).at ?? 0))
      if (!left.length || localStorage.getItem(key)) return null
      localStorage.setItem(key, localStorage.getItem(left[0]))
      left.forEach((name) => localStorage.removeItem(name))
      return parse(key)
    },
  }
}
