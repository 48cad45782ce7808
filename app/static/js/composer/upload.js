// Files pasted, dropped or chosen go to POST <data-upload-url> (multipart "file") and come back as Markdown.
import { answerOf, send } from "../upload/send.js"
import { word } from "../words.js"
import { exchange, insert } from "./insert.js"

const safe = (name) => name.replace(/[[\]()]/g, "")

async function deliver(url, file, bar) {
  const data = new FormData()
  data.append("file", file, file.name)
  const request = await send(url, data, { onProgress: (sent, total) => { bar.value = sent / total } })
  const answer = answerOf(request)
  if (request.status >= 200 && request.status < 300) return answer
  throw new Error(answer.error ?? word(request.status === 413 ? "too_large" : "not_uploaded", { name: file.name }))
}

function row(name) {
  const box = document.createElement("div")
  const said = document.createElement("span")
  const bar = document.createElement("progress")
  box.className = "progress"
  said.textContent = word("uploading", { name })
  bar.max = 1
  bar.setAttribute("aria-label", said.textContent)
  box.append(said, bar)
  return { box, said, bar }
}

async function upload(form, text, file) {
  const { box, said, bar } = row(file.name)
  const marker = `[${word("uploading", { name: safe(file.name) })}]()`
  form.querySelector("[data-uploads]").append(box)
  insert(text, `${marker}\n`)
  try {
    const { url, name, is_image: isImage } = await deliver(form.dataset.uploadUrl, file, bar)
    exchange(text, marker, `${isImage ? "!" : ""}[${safe(name)}](${url})`)
    box.remove()
  } catch (reason) {
    exchange(text, `${marker}\n`, "")
    bar.remove()
    said.className = "field-error"
    said.textContent = reason.message
    setTimeout(() => box.remove(), 12_000)
  }
}

export function uploads(form, text, signal) {
  const take = (files) => [...files].forEach((file) => upload(form, text, file))

  form.querySelector("[data-file]")?.addEventListener("change", (event) => {
    take(event.target.files)
    event.target.value = ""
  }, { signal })
  text.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return
    event.preventDefault()
    take(event.clipboardData.files)
  }, { signal })
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return
    event.preventDefault()
    form.classList.add("is-dropping")
  }, { signal })
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("is-dropping")
  }, { signal })
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-dropping")
    if (!event.dataTransfer.files.length) return
    event.preventDefault()
    take(event.dataTransfer.files)
  }, { signal })
}
