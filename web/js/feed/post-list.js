import { sortOf } from "../address/sorts.js"
import { element } from "../page/dom.js"
import { dayKey, dayName } from "../time/format.js"
import { card, updateCard } from "./card.js"

/** @typedef {import("../api/types.js").FeedItem} FeedItem */

/** The cards on the page: in an order of time under one heading per calendar day of the shown zone, otherwise in one list. */
export class PostList {
  #root
  order = sortOf("")

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root
  }

  /** @param {FeedItem[]} items */
  show(items) {
    this.#root.replaceChildren(...this.#days(items))
  }

  /** @param {FeedItem[]} items */
  append(items) {
    const [first, ...rest] = this.#days(items)
    const last = /** @type {HTMLElement|null} */ (this.#root.lastElementChild)
    if (first && last?.dataset.day === first.dataset.day) last?.querySelector("ol")?.append(...cardsIn(first))
    else if (first) this.#root.append(first)
    this.#root.append(...rest)
  }

  /** @param {FeedItem[]} items */
  prepend(items) {
    const sections = this.#days(items)
    const newest = /** @type {HTMLElement|null} */ (this.#root.firstElementChild)
    const last = sections.at(-1)
    if (last && newest?.dataset.day === last.dataset.day) {
      newest?.querySelector("ol")?.prepend(...cardsIn(last))
      sections.pop()
    }
    this.#root.prepend(...sections)
  }

  /** @param {FeedItem[]} items */
  update(items) {
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

  /** @param {FeedItem[]} items @returns {HTMLElement[]} one section a day */
  #days(items) {
    const now = new Date()
    /** @type {HTMLElement[]} */
    const sections = []
    for (const item of items) {
      const { day, name } = this.#dayOf(item, now)
      if (sections.at(-1)?.dataset.day !== day) sections.push(section(day, name))
      sections.at(-1)?.querySelector("ol")?.append(element("li", {}, card(item, this.order)))
    }
    return sections
  }

  /** @param {FeedItem} item @param {Date} now @returns {{day: string, name: string}} */
  #dayOf(item, now) {
    if (this.order.day === null) return { day: "", name: "" }
    const instant = item[this.order.day]
    if (!instant) return { day: "unknown", name: "Posted at an unknown time" }
    const date = new Date(instant)
    return { day: dayKey(date), name: dayName(date, now) }
  }
}

/** @param {string} day @param {string} name */
function section(day, name) {
  const heading = name ? [element("h2", { class: "day-name" }, name)] : []
  return element("section", { class: "day", "data-day": day }, ...heading, element("ol", { role: "list" }))
}

/** @param {HTMLElement} day */
const cardsIn = (day) => day.querySelectorAll("ol > li")
