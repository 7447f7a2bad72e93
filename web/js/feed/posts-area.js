import { sortOf } from "../address/filters.js"
import { Problem } from "../api/problem.js"
import { byId, element } from "../lib/dom.js"
import { late } from "../lib/late.js"
import { counted } from "../lib/number.js"
import { PostList } from "./post-list.js"

const states = late(() => import("./nothing-shown.js"))

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
    else {
      this.#root.replaceChildren()
      if (!feed.more) this.#sayEmpty(filters)
    }
  }

  /** @param {Filters} filters */
  async #sayEmpty(filters) {
    const state = await states().then(({ emptyState }) => emptyState(filters), () => element("p", {}, "No posts match"))
    if (!this.#root.hasChildNodes()) this.#root.append(state)
  }

  /**
   * All posts of the feed are drawn.
   * @param {ShownFeed} feed
   */
  settle({ more, isSearching, items }) {
    this.#main.ariaBusy = "false"
    this.#older.show({ more, isSearching, count: items.length, inTime: this.list.order.day !== null })
  }

  hideOlder() { this.#older.hide() }

  /** @param {Node} content */
  #fill(content) {
    this.#root.replaceChildren(content)
    this.hideOlder()
  }
}

const loadWithin = "800px"

/**
 * `inTime`: further posts are older ones.
 * @typedef {{more: boolean, isSearching: boolean, count: number, inTime: boolean}} Below
 */

/** The button below the last card. It presses itself when it comes near, but not after a search without a match. */
class Older {
  #root
  #load
  #observer = new IntersectionObserver(
    (entries) => { if (entries.some((entry) => entry.isIntersecting)) this.#run() },
    { rootMargin: loadWithin },
  )
  #kind = "older"

  /**
   * @param {HTMLElement} root
   * @param {() => Promise<unknown>} load
   */
  constructor(root, load) {
    this.#root = root
    this.#load = load
  }

  /** @param {Below} below */
  show({ more, isSearching, count, inTime }) {
    this.hide()
    this.#kind = inTime ? "older" : "more"
    if (more && isSearching) this.#offerToGoOn(count === 0)
    else if (more) this.#observer.observe(this.#button(this.#kind === "older" ? "Older posts" : "More posts"))
    else if (count > 0) this.#root.append(element("p", {}, `That is everything: ${counted(count, "post")}.`))
  }

  hide() {
    this.#observer.disconnect()
    this.#root.replaceChildren()
  }

  /** @param {boolean} empty */
  #offerToGoOn(empty) {
    const sentence = empty ? "No match so far." : "No further match so far."
    this.#root.append(element("p", {}, `${sentence} Part of the archive was searched, and not yet all of it.`))
    this.#button("Search on")
  }

  /** @param {string} label */
  #button(label) {
    const button = element("button", { class: "button", type: "button" }, label)
    button.addEventListener("click", () => this.#run())
    this.#root.append(button)
    return button
  }

  async #run() {
    const button = this.#root.querySelector("button")
    if (!button || button.ariaDisabled === "true") return
    button.ariaDisabled = "true"
    button.textContent = `Loading ${this.#kind} posts…`
    this.#observer.disconnect()
    try {
      await this.#load()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (button.isConnected) this.#failed(error)
    }
  }

  /** @param {Problem} problem */
  #failed(problem) {
    const kind = this.#kind === "older" ? "Older" : "More"
    this.#root.replaceChildren(element("p", { class: "older-error", role: "alert" },
      `${kind} posts could not be loaded. ${problem.title}. ${problem.detail}`))
    this.#button("Try again")
  }
}

/**
 * @param {Problem} problem
 * @param {Filters} filters
 * @param {() => void} retry
 */
export const errorState = (problem, filters, retry) => states().then(
  ({ errorState: state }) => state(problem, filters, retry),
  () => element("p", { class: "older-error", role: "alert" }, `${problem.title}. ${problem.detail}`),
)
