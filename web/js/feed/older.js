import { element } from "../page/dom.js"
import { Problem } from "../api/problem.js"

const ahead = "800px"

/** What stands below the last card: a button that also presses itself when it comes near. */
export class Older {
  #root
  #load
  #observer = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) this.#run() }, { rootMargin: ahead })

  /** @param {HTMLElement} root @param {() => Promise<unknown>} load */
  constructor(root, load) {
    this.#root = root
    this.#load = load
  }

  /** @param {{more: boolean, empty: boolean}} state */
  show({ more, empty }) {
    this.hide()
    if (more) this.#offer()
    else if (!empty) this.#root.append(element("p", { class: "older-end" }, "That is everything in this view."))
  }

  hide() {
    this.#observer.disconnect()
    this.#root.replaceChildren()
  }

  #offer() {
    const button = element("button", { class: "button", type: "button" }, "Older posts")
    button.addEventListener("click", () => this.#run())
    this.#root.append(button)
    this.#observer.observe(button)
  }

  async #run() {
    const button = this.#root.querySelector("button")
    if (!button || button.ariaDisabled === "true") return
    button.ariaDisabled = "true"
    button.textContent = "Loading older posts…"
    this.#observer.disconnect()
    try {
      await this.#load()
    } catch (error) {
      if (error instanceof Problem && button.isConnected) this.#failed(error)
      else if (!(error instanceof Problem)) throw error
    }
  }

  #failed(/** @type {Problem} */ problem) {
    this.#root.replaceChildren(element("p", { class: "older-error", role: "alert" }, `Older posts could not be loaded. ${problem.title}. ${problem.detail}`))
    const again = element("button", { class: "button", type: "button" }, "Try again")
    again.addEventListener("click", () => this.#run())
    this.#root.append(again)
  }
}
