// Bytes and shares in the words of the page's language; the units are those the server writes.
const language = document.documentElement.lang || "en"
const UNITS = ["B", "KB", "MB", "GB"]

export function bytes(count) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(count, 1)) / 3))
  const digits = power > 1 ? 1 : 0
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(count / 1000 ** power)} ${UNITS[power]}`
}

/** A whole per cent, never 100 before everything is there. */
export const percent = (part) =>
  new Intl.NumberFormat(language, { style: "percent" }).format(Math.floor(part * 100) / 100)
