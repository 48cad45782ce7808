// POSTs with progress, which fetch() cannot tell. Resolves to the request whatever became of it: status 0 is no answer.
import { csrfToken } from "../http.js"

export function send(url, data, { headers = {}, signal, onProgress, onSent = () => {} }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open("POST", url)
    for (const [name, value] of Object.entries({ "X-CSRFToken": csrfToken(), ...headers })) {
      request.setRequestHeader(name, value)
    }
    request.upload.addEventListener("progress", ({ loaded, total }) => total && onProgress(loaded, total))
    request.upload.addEventListener("load", onSent)
    request.addEventListener("loadend", () => resolve(request))
    signal?.addEventListener("abort", () => request.abort())
    request.send(data)
  })
}

/** What a JSON answer holds; nothing when it is none. */
export function answerOf(request) {
  try {
    return JSON.parse(request.responseText) ?? {}
  } catch {
    return {}
  }
}
