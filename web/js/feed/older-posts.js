import { Problem } from "../api/problem.js"
import { element } from "../lib/dom.js"

const loadWithin = "800px"

/**
 * `inTime`: further posts are older ones.
 * @typedef {{more: boolean, isSearching: boolean, empty: boolean, inTime: boolean}} Below
 */

/** The button below the last card. It presses itself when it comes near, but not after a search without a match. */
export class Older {
  #root
  #load
  #observer = new IntersectionObserver(
    (entries) => { if (entries.some((entry) => entry.isIntersecting)) this.#run() },
    { rootMargin: loadWithin },
  )
  #kind = "older"

  /**
   * @param {HTMLElement} root
   * @param {() => Promise<unknown>} load
   */
  constructor(root, load) {
    this.#root = root
    this.#load = load
  }

  /** @param {Below} below */
  show({ more, isSearching, empty, inTime }) {
    this.hide()
    this.#kind = inTime ? "older" : "more"
    if (more && isSearching) this.#offerToGoOn(empty)
    else if (more) this.#observer.observe(this.#button(this.#kind === "older" ? "Older posts" : "More posts"))
    else if (!empty) this.#root.append(element("p", {}, "That is everything in this view."))
  }

  hide() {
    this.#observer.disconnect()
    this.#root.replaceChildren()
  }

  /** @param {boolean} empty */
  #offerToGoOn(empty) {
    const sentence = empty ? "No match so far." : "No further match so far."
    this.#root.append(element("p", {}, `${sentence} Part of the archive was searched, and not yet all of it.`))
    this.#button("Search on")
  }

  /** @param {string} label */
  #button(label) {
    const button = element("button", { class: "button", type: "button" }, label)
    button.addEventListener("click", () => this.#run())
    this.#root.append(button)
    return button
  }

  async #run() {
    const button = this.#root.querySelector("button")
    if (!button || button.ariaDisabled === "true") return
    button.ariaDisabled = "true"
    button.textContent = `Loading ${this.#kind} posts…`
    this.#observer.disconnect()
    try {
      await this.#load()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (button.isConnected) this.#failed(error)
    }
  }

  /** @param {Problem} problem */
  #failed(problem) {
    const kind = this.#kind === "older" ? "Older" : "More"
    this.#root.replaceChildren(element("p", { class: "older-error", role: "alert" },
      `${kind} posts could not be loaded. ${problem.title}. ${problem.detail}`))
    this.#button("Try again")
  }
}
