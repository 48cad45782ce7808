// Words for what only the browser says, translated by the server into <meta name="words">; a page may add its own.
const words = Object.assign({}, ...[...document.querySelectorAll("meta[name=words]")].map((meta) => JSON.parse(meta.content)))

export function word(name, values = {}) {
  return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, () => value), words[name] ?? name)
}
