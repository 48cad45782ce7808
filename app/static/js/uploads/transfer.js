// One file on its way over the tus protocol. It goes on by itself after a broken line, and after a reload of the page when
// the same file is chosen again: what the server already has is not sent twice.
import { Upload } from "tus-js-client"
import { csrfToken } from "../http.js"
import { renewedToken } from "../upload/outcome.js"
import { answerOf } from "../upload/send.js"
import { word } from "../words.js"

const SECOND = 1000
const PIECE = 16 * 1024 * 1024 // What a proxy that waits for the whole request may lose with a broken line.
const PATIENCE = [0, 1, 2, 5, 10, 20, ...Array(120).fill(30)].map((seconds) => seconds * SECOND)
const HANGING = 45 * SECOND
const FINAL = new Set([400, 401, 403, 404, 410, 412, 413, 415, 507])

class SignedOut extends Error {}

export class Transfer {
  /** on: {progress(sent, total), waiting(seconds), arrived(id), refused({text, offers})} */
  constructor(file, url, on) {
    Object.assign(this, { file, on, isRenewed: false, isPaused: false })
    this.upload = new Upload(file, {
      endpoint: url, chunkSize: PIECE, retryDelays: PATIENCE, removeFingerprintOnSuccess: false,
      metadata: { filename: file.name, filetype: file.type }, headers: { Accept: "application/json", "HX-Request": "true" },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", csrfToken()),
      // Left to itself the client would take a missing sign-in for a missing file, and begin anew.
      onAfterResponse: (_request, response) => { if (response.getStatus() === 401) throw new SignedOut() },
      onShouldRetry: (error, attempt) => this.goesOn(error, attempt),
      onProgress: (sent, total) => this.move(sent, total),
      onSuccess: ({ lastResponse }) => this.arrive(Number(lastResponse.getHeader("Upload-Id"))),
      onError: (error) => this.fail(error),
    })
  }

  async start() {
    this.isPaused = false
    if (!this.upload.url) {
      const known = await this.upload.findPreviousUploads()
      if (known.length) this.upload.resumeFromPreviousUpload(known.at(-1))
    }
    if (this.isPaused) return
    this.isRunning = true
    this.watch()
    this.upload.start()
  }

  pause() {
    this.isPaused = true
    this.rest()
    return this.upload.abort()
  }

  /** The line is back: what waits for its turn to try again does so now. */
  async hurry() {
    if (!this.isRunning || !this.isWaiting) return
    await this.upload.abort()
    this.start()
  }

  /** Nobody wants it any more, here or there. */
  async giveUp() {
    this.isPaused = true
    this.rest()
    await this.upload.abort(Boolean(this.upload.url)).catch(() => {})
  }

  rest() {
    this.isRunning = this.isWaiting = false
    clearInterval(this.clock)
  }

  /** A line that died without a word is given up and taken up again. */
  watch() {
    clearInterval(this.clock)
    this.moved = performance.now()
    this.clock = setInterval(async () => {
      if (this.isWaiting || this.isAtEnd || performance.now() - this.moved < HANGING) return
      this.moved = performance.now()
      await this.upload.abort()
      if (this.isRunning) this.start()
    }, SECOND)
  }

  move(sent, total) {
    this.moved = performance.now()
    this.isWaiting = false
    this.isAtEnd = sent === total
    this.on.progress(sent, total)
  }

  arrive(id) {
    this.rest()
    this.on.arrived(id)
  }

  goesOn(error, attempt) {
    const status = error.originalResponse?.getStatus() ?? 0
    if (error.causingError instanceof SignedOut || FINAL.has(status)) return false
    this.isWaiting = true
    this.stopIfGone()
    this.on.waiting(PATIENCE[Math.min(attempt, PATIENCE.length - 1)] / SECOND)
    return true
  }

  async fail(error) {
    this.rest()
    if (this.isPaused) return
    const status = error.originalResponse?.getStatus() ?? 0
    const isOut = error.causingError instanceof SignedOut
    if ((status === 400 || isOut) && !this.isRenewed) {
      // Signed in again in another tab, or the form is old: there is a new token to be had.
      this.isRenewed = true
      if (await renewedToken()) return this.start()
    }
    this.isRenewed = false
    if (isOut) return this.on.refused({ text: word("signed_out"), offers: ["sign-in", "again"] })
    if (await this.stopIfGone()) return
    const { detail } = answerOf({ responseText: error.originalResponse?.getBody() ?? "" })
    this.on.refused({ status, text: detail || word(status ? "failed" : "connection_lost"), offers: status === 413 ? [] : ["again"] })
  }

  /** A file that was changed or deleted after it was chosen cannot be read any more: no line is to blame. */
  async stopIfGone() {
    const isGone = await this.file.slice(0, 1).arrayBuffer().then(() => false, () => true)
    if (!isGone || this.isPaused) return isGone
    await this.pause()
    this.on.refused({ text: word("file_changed"), offers: [] })
    return true
  }

  /** What was known of it for after a reload is of no use once it is part of an entry. */
  async forget() {
    for (const { urlStorageKey } of await this.upload.findPreviousUploads()) localStorage.removeItem(urlStorageKey)
  }
}
