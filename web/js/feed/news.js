import { element } from "../lib/dom.js"
import { counted } from "../lib/number.js"

/** @param {import("./feed.js").Feed} feed @returns {string} what a refresh found, in words; empty for nothing */
export const newsOf = ({ fresh, hasTurned }) => (fresh.length > 0 ? counted(fresh.length, "new post") : hasTurned ? "The view has changed" : "")

/** The button that offers what a refresh found. Nothing moves before it is pressed. */
export class News {
  #root
  #take

  /** @param {HTMLElement} root @param {() => void} take */
  constructor(root, take) {
    this.#root = root
    this.#take = take
  }

  /** @param {import("./feed.js").Feed|null} feed null offers nothing */
  show(feed) {
    this.#root.replaceChildren()
    if (!feed || newsOf(feed) === "") return
    const button = element("button", { class: "button primary", type: "button" }, feed.fresh.length > 0 ? `Show ${newsOf(feed)}` : "Show what has changed")
    button.addEventListener("click", this.#take)
    this.#root.append(button)
  }
}
