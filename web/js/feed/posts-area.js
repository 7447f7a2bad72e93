import { sortOf } from "../address/filters.js"
import { byId } from "../lib/dom.js"
import { emptyState } from "./feed-states.js"
import { Older } from "./older-posts.js"
import { PostList } from "./post-list.js"

/** Where posts stand: a skeleton while they load, their cards, or a panel that says why there are none. */
export class PostsArea {
  #main = byId("feed")
  #root = byId("posts")
  #skeleton = this.#root.firstElementChild.cloneNode(true)
  #older
  /** the list of the feed */ own = new PostList(this.#root)
  /** the same, unless other posts stand in its place */ list = this.own

  /** @param {() => Promise<unknown>} loadOlder */
  constructor(loadOlder) {
    this.#older = new Older(byId("older"), loadOlder)
  }

  wait() {
    this.#main.ariaBusy = "true"
    this.#fill(this.#skeleton)
  }

  /** @param {HTMLElement} panel */
  say(panel) {
    this.#main.ariaBusy = "false"
    this.#fill(panel)
  }

  /**
   * @param {ShownFeed} feed
   * @param {Filters} filters
   * @param {FeedItem[]} items of the feed
   */
  draw(feed, filters, items) {
    this.list.order = sortOf(filters.sort)
    byId("feed-title").textContent = `Posts, ${this.list.order.order}`
    if (items.length > 0) this.list.show(items)
    else this.#root.replaceChildren(...(feed.more ? [] : [emptyState(filters)]))
  }

  /**
   * All posts of the feed are drawn.
   * @param {ShownFeed} feed
   */
  settle({ more, isSearching, items }) {
    this.#main.ariaBusy = "false"
    this.#older.show({ more, isSearching, empty: items.length === 0, inTime: this.list.order.day !== null })
  }

  hideOlder() { this.#older.hide() }

  /** @param {Node} content */
  #fill(content) {
    this.#root.replaceChildren(content)
    this.hideOlder()
  }
}
