// Words for what only the browser says, translated by the server into <meta name="words">.
const words = JSON.parse(document.querySelector("meta[name=words]")?.content ?? "{}")

export function word(name, values = {}) {
  return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words[name] ?? name)
}
