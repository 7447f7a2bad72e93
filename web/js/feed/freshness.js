import { element } from "../page/dom.js"
import { setTime } from "../time/time-node.js"

/** Says how old the page's data is, and never more than is known. */
export class Freshness {
  #root
  constructor(/** @type {HTMLElement} */ root) {
    this.#root = root
  }

  loading() {
    this.#show("loading", "Loading…")
  }

  loaded(/** @type {Date} */ at) {
    this.#show("loaded", "As of ", at)
  }

  /** @param {Date|null} since when the last good answer came, if ever */
  failed(since) {
    if (since) this.#show("failed", "Could not refresh since ", since)
    else this.#show("failed", "Not loaded")
  }

  #show(/** @type {string} */ state, /** @type {string} */ words, /** @type {Date|null} */ at = null) {
    this.#root.dataset.state = state
    this.#root.replaceChildren(words)
    if (!at) return
    const time = /** @type {HTMLTimeElement} */ (element("time"))
    setTime(time, at.toISOString(), "clock")
    this.#root.append(time)
  }
}
