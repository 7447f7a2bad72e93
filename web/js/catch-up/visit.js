import { base } from "../../config.js"
import { keepMark, markOf } from "./marks.js"
import { cleaned, joined, movedMark } from "./progress.js"

/** @typedef {import("./marks.js").Mark} Mark */

/** Who comes back to a tab after so long comes anew. */
const newVisitAfterMs = 15 * 60_000

/** @typedef {{key: string, feed: ShownFeed, inOrder: boolean, unseen: import("./unseen-feed.js").Unseen|null}} Where */

/**
 * What is seen while the page is open. The marks of a visit stay where they were when it began, or nothing could be found again; what was
 * shown is kept when the reader leaves.
 */
export class Visit {
  /** @type {Map<string, Mark>} */ #marks = new Map()
  /** @type {Where|null} */ #where = null
  #shown
  #leftAt = 0

  /**
   * @param {number} edge where the bar above the posts ends
   * @param {(how: {isNew: boolean}) => void} changed the marks are others now; is it another visit?
   */
  constructor(edge, changed) {
    this.#shown = new Shown(edge)
    const renew = (/** @type {boolean} */ isNew) => { this.#marks.clear(); changed({ isNew }) }
    addEventListener("pagehide", () => this.#keep())
    addEventListener("storage", ({ key }) => { if (key === `${base}seen` || key === null) renew(false) })
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        this.#keep()
        this.#leftAt = Date.now()
      } else if (Date.now() - this.#leftAt >= newVisitAfterMs) renew(true)
    })
  }

  /**
   * @param {string} key
   * @returns {Mark|null} where the view was when the visit began
   */
  mark(key) {
    const kept = this.#marks.has(key) ? null : markOf(key)
    if (kept) this.#marks.set(key, cleaned(kept.until, Object.entries(kept.above)))
    return this.#marks.get(key) ?? null
  }

  /**
   * The reader is here now, with these rows on the page.
   * @param {Where} where
   * @param {HTMLElement[]} rows
   */
  isAt(where, rows) {
    if (this.#where?.key !== where.key) this.#keep()
    this.#where = where
    this.#shown.watch(rows)
  }

  /**
   * @param {string} key
   * @param {Mark} mark moved up by the reader
   * @returns {boolean} will it be there at the next visit?
   */
  move(key, mark) {
    this.#marks.set(key, mark)
    keepMark(key, joined(mark, markOf(key)))
    return (markOf(key)?.until ?? "") >= mark.until
  }

  /**
   * @param {string} key
   * @param {Mark} mark as it was
   */
  moveBack(key, mark) {
    this.#marks.set(key, mark)
    keepMark(key, mark)
  }

  #keep() {
    const before = this.#where && this.mark(this.#where.key)
    if (!this.#where || !before) return
    const { key, feed, inOrder, unseen } = this.#where
    const wasShown = (/** @type {string} */ id) => this.#shown.ids.has(id)
    let mark = movedMark(before, [...feed.items, ...feed.fresh], wasShown, inOrder && reaches(feed, before))
    if (unseen) mark = movedMark(mark, [...unseen.posts, ...unseen.fresh], wasShown, unseen.isWhole && !unseen.hasTurned)
    const all = joined(mark, markOf(key))
    if (JSON.stringify(all) !== JSON.stringify(before)) keepMark(key, all)
  }
}

/**
 * Does a feed in the order of discovery hold every post above a mark?
 * @param {ShownFeed} feed
 * @param {Mark} mark
 */
export const reaches = (feed, { until }) => !feed.hasTurned && (!feed.more || (feed.items.at(-1)?.discovered_at ?? "") <= until)

const seenAfterMs = 1000

/** Which posts were truly on the screen: half of a row, or half a screen of it, for a second, while the page was looked at. */
export class Shown {
  /** @type {Set<string>} */ ids = new Set()
  /** @type {WeakMap<Element, number>} */ #timers = new WeakMap()
  #observer

  /** @param {number} edge where the bar above the posts ends */
  constructor(edge) {
    this.#observer = new IntersectionObserver(
      (entries) => entries.forEach((entry) => this.#look(entry)),
      { rootMargin: `-${Math.round(edge)}px 0px 0px`, threshold: [0, 0.25, 0.5, 0.75, 1] },
    )
  }

  /** @param {HTMLElement[]} rows some of which may be watched already */
  watch(rows) {
    for (const row of rows) if (!this.ids.has(row.dataset.id ?? "")) this.#observer.observe(row)
  }

  /** @param {IntersectionObserverEntry} entry */
  #look({ target, intersectionRatio, intersectionRect, rootBounds }) {
    const isShown = intersectionRatio >= 0.5 || intersectionRect.height >= 0.5 * (rootBounds?.height ?? Infinity)
    const timer = this.#timers.get(target)
    if (!isShown) {
      clearTimeout(timer)
      this.#timers.delete(target)
    } else if (timer === undefined) this.#wait(/** @type {HTMLElement} */ (target))
  }

  /** @param {HTMLElement} row */
  #wait(row) {
    this.#timers.set(row, setTimeout(() => {
      if (!row.isConnected) return
      if (document.hidden) return this.#wait(row)
      this.ids.add(row.dataset.id ?? "")
      this.#observer.unobserve(row)
    }, seenAfterMs))
  }
}
