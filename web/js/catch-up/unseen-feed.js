import { Feed } from "../feed/feed.js"
import { grouped } from "./groups.js"

/** @typedef {import("./groups.js").By} By */

const postsPerStep = 300

/**
 * The posts that were not seen, as a feed that the page can show: oldest first, in groups. The API gives the newest first, so that it is
 * the oldest that are missing where there are very many.
 */
export class Unseen {
  /** @type {By} */ by = "time"
  #feed
  #isUnseen
  #wanted = postsPerStep

  /**
   * @param {(now: Date) => URLSearchParams} ask
   * @param {(post: FeedItem) => boolean} isUnseen
   */
  constructor(ask, isUnseen) {
    this.#feed = new Feed(ask)
    this.#isUnseen = isUnseen
  }

  get posts() { return this.#feed.items.filter(this.#isUnseen).reverse() }
  get items() { return grouped(this.posts, this.by, new Date()).flatMap(({ posts }) => posts) }
  /** Are there none but these? */
  get isWhole() { return !this.#feed.more }

  /* What a feed has. Further posts are never loaded unasked: they would come in between. */
  get more() { return false }
  get isSearching() { return false }
  get fresh() { return this.#feed.fresh }
  get hasTurned() { return this.#feed.hasTurned }
  get loadedAt() { return this.#feed.loadedAt }
  get problem() { return this.#feed.problem }
  get failures() { return this.#feed.failures }
  refresh() { return this.#feed.refresh() }
  /** @param {import("../api/problem.js").Problem} why */
  stop(why) { this.#feed.stop(why) }
  takeFresh() { return this.#feed.takeFresh() }
  async older() { return [] }
  /** @param {FeedItem} post */
  learn(post) { return this.#feed.learn(post) }

  async load() {
    await this.#feed.load()
    await this.#fill()
  }

  /** As many again. */
  goOn() {
    this.#wanted += postsPerStep
    return this.#fill()
  }

  async #fill() {
    for (let pages = 0; pages < postsPerStep && this.#feed.more && this.#feed.items.length < this.#wanted; pages++) await this.#feed.older()
  }
}
