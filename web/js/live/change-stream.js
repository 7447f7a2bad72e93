import { apiBase } from "../../config.js"

const openWithinMs = 15_000
const reopenMs = 300_000

/**
 * The changes as server-sent events. Where the host cuts long answers, or the server is full, it stays closed for a while; polling goes on.
 */
export class Stream {
  isOpen = false
  /** @type {EventSource|null} */ #source = null
  #timer = 0
  #reopened
  #before = false
  #changed
  #refused

  /**
   * @param {{reopened: () => void, refused: () => void, changed: (change: StreamChange) => void}} listeners `reopened` means that
   * changes may have been missed, `refused` that no further ones come
   */
  constructor({ reopened, refused, changed }) {
    this.#refused = refused
    this.#reopened = reopened
    this.#changed = changed
  }

  open() {
    if (this.#source) return
    const source = (this.#source = new EventSource(`${apiBase}/stream?after=now`))
    source.addEventListener("open", () => {
      clearTimeout(this.#timer)
      this.isOpen = true
      if (this.#before) this.#reopened()
      this.#before = true
    })
    source.addEventListener("error", () => {
      this.isOpen = false
      if (source.readyState !== EventSource.CLOSED) return
      this.#later()
      this.#refused()
    })
    for (const kind of ["post", "metrics", "report"]) source.addEventListener(kind, (event) => this.#take(event))
    this.#timer = setTimeout(() => this.#later(), openWithinMs)
  }

  close() {
    clearTimeout(this.#timer)
    this.#source?.close()
    this.#source = null
    this.isOpen = false
  }

  #later() {
    this.close()
    this.#timer = setTimeout(() => this.open(), reopenMs * (1 + Math.random()))
  }

  /** @param {MessageEvent} event */
  #take(event) {
    try {
      const change = JSON.parse(event.data)
      if (typeof change?.status_id === "string") this.#changed(change)
    } catch { /* not understood: the next look at the feed brings the same news */ }
  }
}
