// Talking to our own server: the token every change needs, and HTML or JSON back.
export const csrfToken = () => document.querySelector("meta[name=csrf-token]")?.content ?? ""

export function post(url, fields = {}, headers = {}) {
  return fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", ...headers },
    body: new URLSearchParams(fields),
  })
}

/** The answer to GET `url`, or null when it is not (or no longer) ours to see; throws when the server cannot tell. */
async function get(url, headers, signal) {
  const response = await fetch(url, { headers, signal })
  if (response.status >= 500) throw new Error(`${url}: ${response.status}`)
  return response.ok ? response : null
}

/** The HTML at `url` as a fragment, or null; what is no HTML is not even read. */
export async function fragment(url, signal) {
  const response = await get(url, { "HX-Request": "true", "HX-Current-URL": location.href }, signal)
  if (!response?.headers.get("Content-Type")?.startsWith("text/html")) return null
  const template = document.createElement("template")
  template.innerHTML = await response.text()
  return template.content
}

/** The whole page at `url` as a document of its own, or null; the way to the sign-in is not that page. */
export async function page(url) {
  const response = await get(url, {})
  return response && !response.redirected ? new DOMParser().parseFromString(await response.text(), "text/html") : null
}

export async function json(url) {
  const response = await get(url, { Accept: "application/json" })
  return response && response.json()
}
