import { markKey } from "./marks.js"
import { markAt } from "./progress.js"
import { Visit } from "./visit.js"

/** @typedef {import("./marks.js").Mark} Mark */

/** The mark of the view that is shown: moved up when the reader says so, and back when that is taken back. */
export class ViewMark {
  #view
  #visit
  /** @type {{key: string, mark: Mark, isKept: boolean}|null} what can be undone */ #moved = null

  /**
   * @param {FeedView} view
   * @param {(how: {isNew: boolean}) => void} changed the marks are others now; is it another visit?
   */
  constructor(view, changed) {
    this.#view = view
    this.#visit = new Visit(view.edge, changed)
  }

  get key() { return markKey(this.#view.filters) }
  get now() { return this.#visit.mark(this.key) }
  get inOrder() { return this.#view.list.order.day === "discovered_at" }
  /** How the mark of this view was moved by the reader, if it was the last that was moved. */
  get moved() { return this.#moved?.key === this.key ? this.#moved : null }

  /**
   * The reader is here now, with the rows that are on the page.
   * @param {ShownFeed} feed
   * @param {import("./unseen-feed.js").Unseen|null} unseen
   */
  isAt(feed, unseen) {
    this.#visit.isAt({ key: this.key, feed, inOrder: this.inOrder, unseen }, this.#view.list.rows)
  }

  /**
   * @param {string|undefined} newest when the newest post was found that is seen now
   * @returns {boolean} was there anything to be seen?
   */
  moveTo(newest) {
    const { key, now: mark } = this
    if (!mark || !newest || newest <= mark.until) return false
    this.#moved = { key, mark, isKept: this.#visit.move(key, markAt(mark, newest)) }
    return true
  }

  /** @returns {boolean} was it moved? */
  moveBack() {
    if (!this.#moved) return false
    this.#visit.moveBack(this.#moved.key, this.#moved.mark)
    this.#moved = null
    return true
  }
}
