import { sortOf } from "../address/filters.js"
import { card, updateCard } from "../card/card.js"
import { element, frame, within } from "../lib/dom.js"
import { late } from "../lib/late.js"
import { dayKey, dayName } from "../lib/time/format.js"

/** So many cards stay in the page; of a longer list only those near the screen. */
const parkingPart = late(() => import("./parking.js"))
const maxCards = 200

/** So many cards in one frame; more would keep it waiting. */
const cardsPerFrame = 2

/** The posts on the page, a row each; in an order of time, under a heading for each day in the shown zone. */
export class PostList {
  #root
  order = sortOf("")
  /** @type {Map<string, FeedItem>} */ #items = new Map()
  /** @type {string|null} */ #marked = null
  /** @type {import("./parking.js").Parking|null} */ #parking = null
  /** @type {Promise<boolean>} one after the other */ #appending = Promise.resolve(true)

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root
  }

  get cardOrder() { return this.order }

  /** @param {FeedItem[]} items */
  show(items) {
    this.#items = new Map()
    this.#root.replaceChildren(...this.sections(items))
    this.#park()
  }

  /**
   * Below what is there, some in each frame.
   * @param {FeedItem[]} items
   * @returns {Promise<boolean>} false: other posts are shown by now
   */
  append(items) {
    const above = this.#root.lastElementChild
    const work = async () => {
      for (let at = 0; at < items.length; at += cardsPerFrame) {
        do await frame()
        while (this.#parking?.isBehind && !document.hidden)
        if (!above?.isConnected) return false
        this.#append(items.slice(at, at + cardsPerFrame).filter(({ status_id: id }) => !this.#items.has(id)))
      }
      return true
    }
    return (this.#appending = this.#appending.then(work, work))
  }

  /** @param {FeedItem[]} items */
  #append(items) {
    const [first, ...rest] = this.sections(items)
    const last = /** @type {HTMLElement|null} */ (this.#root.lastElementChild)
    if (first && last?.dataset.day === first.dataset.day) within(last, "ol").append(...rowsIn(first))
    else if (first) this.#root.append(first)
    this.#root.append(...rest)
    this.#park()
  }

  /** @param {FeedItem[]} items */
  prepend(items) {
    const sections = this.sections(items)
    const newest = /** @type {HTMLElement|null} */ (this.#root.firstElementChild)
    const last = sections.at(-1)
    if (last && newest?.dataset.day === last.dataset.day) {
      within(newest, "ol").prepend(...rowsIn(last))
      sections.pop()
    }
    this.#root.prepend(...sections)
    this.#park()
  }

  /** @param {FeedItem[]} items */
  update(items) {
    for (const item of items) {
      if (!this.#items.has(item.status_id)) continue
      this.#items.set(item.status_id, item)
      const node = within(this.row(item.status_id), ".post")
      if (node) updateCard(node, item)
    }
  }

  get rows() { return [...rowsIn(this.#root)] }

  /**
   * @param {string|null|undefined} id
   * @returns {HTMLElement|null}
   */
  row(id) {
    return id ? this.#root.querySelector(`li[data-id="${CSS.escape(id)}"]`) : null
  }

  /**
   * The card of a post, though it be far from the screen.
   * @param {string|null|undefined} id
   * @returns {HTMLElement|null}
   */
  card(id) {
    const row = this.row(id)
    if (row) this.#parking?.wake(row)
    return within(row, ".post")
  }

  /**
   * Marks the card whose post is open beside the list.
   * @param {string|null} id
   */
  mark(id) {
    this.#marked = id
    for (const node of this.#root.querySelectorAll(".post.current")) node.classList.remove("current")
    within(this.row(id), ".post")?.classList.add("current")
  }

  async #park() {
    if (!this.#parking && this.#items.size > maxCards) {
      const { Parking } = await parkingPart()
      this.#parking ??= new Parking(maxCards, cardsPerFrame, (row) => this.#card(/** @type {string} */ (row.dataset.id)))
    }
    this.#parking?.watch(this.rows)
  }

  /**
   * @param {FeedItem[]} items
   * @returns {HTMLElement[]} one section a day
   */
  sections(items) {
    const now = new Date()
    /** @type {HTMLElement[]} */
    const sections = []
    for (const item of items) {
      const { day, name } = this.dayOf(item, now)
      if (sections.at(-1)?.dataset.day !== day) sections.push(section(day, name))
      within(sections.at(-1), "ol").append(this.newRow(item))
    }
    return sections
  }

  /** @param {FeedItem} item */
  newRow(item) {
    this.#items.set(item.status_id, item)
    return element("li", { "data-id": item.status_id }, this.#card(item.status_id))
  }

  /** @param {string} id */
  #card(id) {
    const node = card(/** @type {FeedItem} */ (this.#items.get(id)), this.cardOrder)
    node.classList.toggle("current", id === this.#marked)
    return node
  }

  /**
   * @param {FeedItem} item
   * @param {Date} now
   */
  dayOf(item, now) {
    if (this.order.day === null) return { day: "", name: "" }
    const instant = item[this.order.day]
    if (!instant) return { day: "unknown", name: "Posted at an unknown time" }
    const date = new Date(instant)
    return { day: dayKey(date), name: dayName(date, now) }
  }
}

/**
 * @param {string} day
 * @param {string} name
 */
export function section(day, name) {
  const heading = name ? [element("h2", { class: "day-name" }, name)] : []
  return element("section", { class: "day", "data-day": day }, ...heading, element("ol", { role: "list" }))
}

/**
 * @param {HTMLElement} root
 * @returns {NodeListOf<HTMLElement>}
 */
const rowsIn = (root) => root.querySelectorAll("li[data-id]")
