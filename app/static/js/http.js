// Talking to our own server: the token every change needs, and HTML or JSON back.
export const csrfToken = () => document.querySelector("meta[name=csrf-token]")?.content ?? ""

export function post(url, fields = {}) {
  return fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" },
    body: new URLSearchParams(fields),
  })
}

/** The HTML at `url` as a fragment, or null when it is not (or no longer) ours to see. */
export async function fragment(url, signal) {
  const response = await fetch(url, { headers: { "HX-Request": "true" }, signal })
  if (!response.ok) return null
  const template = document.createElement("template")
  template.innerHTML = await response.text()
  return template.content
}
