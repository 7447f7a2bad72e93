import { postIdIn } from "../address/hrefs.js"
import { Problem } from "../api/problem.js"
import { announce, byId } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { entry } from "../view/history-entries.js"
import { ways } from "./groups.js"
import { Reading } from "./reading.js"

/** @typedef {import("./groups.js").By} By */

/**
 * What the mode asks of what stands above the posts.
 * @typedef {{
 *   busy: (is: boolean) => void,
 *   entered: (bar: HTMLElement) => void,
 *   left: () => Promise<void>,
 *   seen: () => void,
 * }} Listener
 */

/** Unseen posts stand in the place of the feed, or do not: a step in the history leads in, and a step back leads out. */
export class ReadingMode {
  /** @type {Reading|null} */ current = null
  /** @type {WeakMap<ShownFeed, Reading>} what somebody who goes back comes back to */ #readings = new WeakMap()
  #view
  #cards
  #mark
  #listener

  /**
   * @param {FeedView} view
   * @param {CardMovement} cards
   * @param {import("./view-mark.js").ViewMark} mark
   * @param {Listener} listener
   */
  constructor(view, cards, mark, listener) {
    this.#view = view
    this.#cards = cards
    this.#mark = mark
    this.#listener = listener
    addEventListener("popstate", () => this.sync())
    for (const sign of ["scroll", "focusin"]) addEventListener(sign, () => this.current?.remember(), { passive: true })
  }

  /** @param {ShownFeed} feed */
  unseenOf(feed) {
    return this.#readings.get(feed)?.unseen ?? null
  }

  /**
   * Makes the page read or not read what is unseen, as the history says.
   * @returns {Promise<boolean>} is it reading now?
   */
  async sync() {
    if (this.current && !this.current.isShown) this.#end()
    const by = history.state?.catching
    if (by && !this.current) return this.enter(by in ways ? by : "time", { isNew: false })
    if (!by && this.current) {
      const reading = this.current
      this.#end()
      reading.leave()
      await this.#listener.left()
    }
    return this.current !== null
  }

  /**
   * @param {By} by
   * @param {{isNew?: boolean}} how is it a step in the history?
   * @returns {Promise<boolean>}
   */
  async enter(by, { isNew = true } = {}) {
    const { feed } = this.#view
    const reading = feed && this.#readingOf(feed)
    if (!reading) return false
    if (!(await this.#load(reading, by)) || this.#view.feed !== feed || this.current) return this.current !== null
    if (reading.unseen.items.length === 0) {
      history.replaceState({ ...entry(), catching: undefined }, "")
      announce("Nothing is left to catch up with")
      return false
    }
    if (isNew) history.pushState({ ...entry(), opened: false, catching: by }, "")
    this.current = reading
    byId("catch-up").classList.add("catching")
    this.#listener.entered(reading.bar)
    reading.show()
    announce(`Catching up: ${counted(reading.unseen.items.length, "post")}, oldest first`)
    return true
  }

  /** Out of the unseen posts, by the way that led in. */
  goBack() {
    history.go(postIdIn(location.pathname) !== null && entry().opened ? -2 : -1)
  }

  /** @param {ShownFeed} feed */
  #readingOf(feed) {
    const mark = this.#mark.now
    if (!feed.loadedAt || !mark) return null
    const before = this.#readings.get(feed)
    if (before?.mark === mark) return before
    const acts = { group: (/** @type {By} */ by) => this.#group(by), seen: this.#listener.seen, leave: () => this.goBack() }
    const reading = new Reading(this.#view, this.#cards, mark, acts)
    this.#readings.set(feed, reading)
    return reading
  }

  /**
   * @param {Reading} reading
   * @param {By} by
   */
  async #load(reading, by) {
    this.#listener.busy(true)
    try {
      await reading.load(by)
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      announce(`What is new could not be loaded. ${error.title}`)
      return false
    } finally {
      this.#listener.busy(false)
    }
  }

  #end() {
    this.current = null
    byId("catch-up").classList.remove("catching")
  }

  /** @param {By} by */
  #group(by) {
    history.replaceState({ ...entry(), catching: by }, "")
    this.current?.group(by)
  }
}
