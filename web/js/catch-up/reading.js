import { Problem } from "../api/problem.js"
import { returnTo } from "../feed/place.js"
import { announce, byId, element, icon } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { store } from "../lib/store.js"
import { action } from "./catch-up-line.js"
import { GroupedList } from "./grouped-list.js"
import { ways } from "./groups.js"
import { isUnseen } from "./progress.js"
import { questionAfter } from "./question.js"
import { ReadingBar } from "./reading-bar.js"
import { Unseen } from "./unseen-feed.js"

/**
 * @typedef {import("./groups.js").By} By
 */
/** @typedef {{feed: ShownFeed, list: import("../feed/post-list.js").PostList, place: Place}} Before */

const settleMs = 150

/** Reading what was not seen, in the place of the feed. */
export class Reading {
  /** @type {Place|null} where the reader was among the unseen posts */ #place = null
  /** @type {Before|null} the feed, while the unseen posts stand in its place */ #before = null
  #view
  #cards
  mark
  #list
  #timer = 0
  #bar
  unseen

  /**
   * @param {FeedView} view
   * @param {{focus: (id: string|null|undefined) => boolean}} cards
   * @param {import("./marks.js").Mark} mark
   * @param {{group: (by: By) => void, seen: () => void, leave: () => void}} acts
   */
  constructor(view, cards, mark, acts) {
    this.#view = view
    this.#cards = cards
    this.mark = mark
    this.unseen = new Unseen((now) => questionAfter(view.filters, mark, now), (post) => isUnseen(mark, post))
    this.#list = new GroupedList(byId("posts"), this.unseen, () => this.#end(acts.seen))
    this.#list.folds = store.get("fold") !== "off"
    this.#list.onUnfold = () => view.onPosts()
    this.#bar = new ReadingBar({ ...acts, fold: (is) => this.#fold(is), goOn: () => this.#goOn() })
  }

  get bar() { return this.#bar.root }
  get isShown() { return this.#before !== null && this.#view.feed === this.unseen }
  /** The feed that the unseen posts stand in the place of. */
  get feed() { return this.#before?.feed ?? null }

  /** @param {By} by */
  async load(by) {
    this.unseen.by = by
    if (!this.unseen.loadedAt) await this.unseen.load()
  }

  /** Takes the place of the feed. */
  show() {
    const { feed, list, place } = this.#view
    if (!feed) return
    this.#before = { feed, list, place }
    this.#view.stand(this.unseen, this.#list)
    if (this.#place) {
      returnTo(this.#place, this.#list.row(this.#place.anchor))
      this.#cards.focus(this.#place.focus ?? undefined)
    } else {
      byId("catch-up").scrollIntoView({ block: "nearest" })
      this.#cards.focus(this.unseen.items[0]?.status_id)
    }
  }

  /** Gives the feed its place back. */
  leave() {
    if (!this.#before) return
    const { feed, list, place } = this.#before
    this.#before = null
    this.#view.stand(feed, list)
    returnTo(place, list.row(place.anchor))
    if (place.focus) this.#cards.focus(place.focus)
  }

  /** @param {By} by */
  group(by) {
    this.unseen.by = by
    this.#cards.focus(null)
    this.#view.render()
  }

  /**
   * Says above the posts what stands there.
   * @param {import("./catch-up-line.js").Count|null} counted what is known of how many there are
   */
  draw(counted) {
    const { by, isWhole, posts: { length: here } } = this.unseen
    const isCounted = counted?.isExact === true && counted.count > here
    const known = isWhole ? { count: here, isExact: true } : { count: Math.max(here, counted?.count ?? 0), isExact: isCounted }
    byId("feed-title").textContent = `New posts ${ways[by].toLowerCase()}`
    this.#bar.show({ here, known, until: this.mark.until, by, folds: this.#list.folds, folded: this.#list.folded })
  }

  /** @param {boolean} is */
  #fold(is) {
    this.#list.folds = is
    store.set("fold", is ? null : "off")
    this.#view.render()
  }

  async #goOn() {
    try {
      await this.unseen.goOn()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return announce(`Older posts could not be loaded. ${error.title}`)
    }
    if (!this.isShown) return
    const { place } = this.#view
    this.#view.render()
    returnTo(place, this.#list.row(place.anchor))
    announce(`${counted(this.unseen.items.length, "post")} to catch up with`)
  }

  /** Where the reader is, for who comes back. */
  remember() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => { if (this.isShown) this.#place = this.#view.place }, settleMs)
  }

  /** @param {() => void} seen */
  #end(seen) {
    return element("div", { class: "catch-up-end" },
      element("p", {}, this.unseen.isWhole ? "That is everything new." : "That is everything that was loaded."),
      action("Mark as seen", "m", seen, { sign: icon("check") }))
  }
}
