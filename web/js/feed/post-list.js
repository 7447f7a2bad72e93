import { element } from "../page/dom.js"
import { dayKey, dayName } from "../time/format.js"
import { card, updateCard } from "./card.js"

/** @typedef {import("../api/types.js").FeedItem} FeedItem */

/** The cards on the page, under one heading per calendar day of the shown zone. */
export class PostList {
  #root
  constructor(/** @type {HTMLElement} */ root) {
    this.#root = root
  }

  show(/** @type {FeedItem[]} */ items) {
    this.#root.replaceChildren(...days(items))
  }

  append(/** @type {FeedItem[]} */ items) {
    const [first, ...rest] = days(items)
    const last = /** @type {HTMLElement|null} */ (this.#root.lastElementChild)
    if (first && last?.dataset.day === first.dataset.day) last.querySelector("ol")?.append(...cardsIn(first))
    else if (first) this.#root.append(first)
    this.#root.append(...rest)
  }

  prepend(/** @type {FeedItem[]} */ items) {
    const sections = days(items)
    const newest = /** @type {HTMLElement|null} */ (this.#root.firstElementChild)
    const last = sections.at(-1)
    if (last && newest?.dataset.day === last.dataset.day) {
      newest.querySelector("ol")?.prepend(...cardsIn(last))
      sections.pop()
    }
    this.#root.prepend(...sections)
  }

  update(/** @type {FeedItem[]} */ items) {
    for (const item of items) {
      const node = this.card(item.status_id)
      if (node) updateCard(node, item)
    }
  }

  /** @param {string} id @returns {HTMLElement|null} */
  card(id) {
    return this.#root.querySelector(`.post[data-id="${CSS.escape(id)}"]`)
  }

  /** @returns {HTMLElement[]} */
  get cards() {
    return [...this.#root.querySelectorAll(".post")].map((node) => /** @type {HTMLElement} */ (node))
  }

  /** Marks the card whose post is open beside the list. @param {string|null} id */
  mark(id) {
    for (const node of this.#root.querySelectorAll(".post.current")) node.classList.remove("current")
    if (id !== null) this.card(id)?.classList.add("current")
  }
}

/** @param {FeedItem[]} items @returns {HTMLElement[]} one section a day */
function days(items) {
  const now = new Date()
  /** @type {HTMLElement[]} */
  const sections = []
  for (const item of items) {
    const date = new Date(item.discovered_at)
    const day = dayKey(date)
    if (sections.at(-1)?.dataset.day !== day) sections.push(section(day, dayName(date, now)))
    sections.at(-1)?.querySelector("ol")?.append(element("li", {}, card(item)))
  }
  return sections
}

/** @param {string} day @param {string} name */
const section = (day, name) =>
  element("section", { class: "day", "data-day": day }, element("h2", { class: "day-name" }, name), element("ol", { role: "list" }))

const cardsIn = (/** @type {HTMLElement} */ day) => day.querySelectorAll("ol > li")
