import { Problem } from "../api/problem.js"
import { announce } from "../page/announce.js"
import { byId, element } from "../page/dom.js"
import { sortOf } from "../address/sorts.js"
import { counted } from "../number.js"
import { emptyState, errorState, addressState } from "./feed-states.js"
import { Older } from "./older.js"
import { placeNow, returnTo } from "./place.js"
import { PostList } from "./post-list.js"

/** @typedef {import("./feed.js").Feed} Feed @typedef {import("./place.js").Place} Place */

/** Brings one Feed at a time onto the page. */
export class FeedView {
  #main = byId("feed")
  #posts = byId("posts")
  #news = byId("news")
  #skeleton = byId("posts").firstElementChild.cloneNode(true)
  #older = new Older(byId("older"), () => this.loadOlder())
  /** @type {Feed|null} */ feed = null
  /** @type {import("../address/filters.js").Filters} */ #filters
  list = new PostList(this.#posts)
  loading = false
  /** Called when an attempt to load or to refresh begins or ends; says nothing about how. */ onAnswer = () => {}

  get items() { return this.feed?.items ?? [] }
  get edge() { return byId("filters").getBoundingClientRect().bottom }
  get place() { return placeNow(this.list.cards, this.edge) }

  /** @param {import("../address/parse.js").AddressProblem[]} problems @param {import("../address/filters.js").Filters} filters */
  refuse(problems, filters) {
    this.feed = null
    this.#panel(addressState(problems, filters))
    this.onAnswer()
  }

  /** @param {Feed} feed @param {import("../address/filters.js").Filters} filters @param {Place|null} place */
  async show(feed, filters, place) {
    this.feed = feed
    this.#filters = filters
    if (!feed.loadedAt && !(await this.#load(feed, place?.depth ?? 0))) return
    this.render()
    if (place) this.#restore(place)
    else this.#toTop()
  }

  /** Draws the feed as it is: after loading, after coming back, after a change of zone. */
  render() {
    if (!this.feed?.loadedAt) return
    this.#news.replaceChildren()
    this.#main.ariaBusy = "false"
    this.list.order = sortOf(this.#filters.sort)
    byId("feed-title").textContent = `Posts, ${this.list.order.order}`
    if (this.items.length > 0) this.list.show(this.items)
    else this.#posts.replaceChildren(emptyState(this.#filters))
    this.#settled()
    this.#offerFresh()
    this.onAnswer()
  }

  /** The same posts under the days of another zone; the place stays. */
  rerender() {
    const { place } = this
    this.render()
    returnTo(place, place.anchor ? this.list.card(place.anchor) : null)
  }

  async loadOlder() {
    const feed = this.feed
    const added = (await feed?.older()) ?? []
    if (feed !== this.feed || added.some((item) => this.list.card(item.status_id))) return
    const followed = byId("older").contains(document.activeElement)
    this.list.append(added)
    this.#settled()
    if (followed) this.#focus(added[0]?.status_id)
    announce(`${counted(added.length, "older post")} loaded`)
  }

  /** Looks for what is new and offers it. @param {{aloud?: boolean}} [how] aloud also says that there is nothing */
  async refresh({ aloud = false } = {}) {
    const feed = this.feed
    if (!feed || this.loading) return
    if (!feed.loadedAt) return this.#loadAfterFailure(feed)
    const before = feed.fresh.length
    try {
      const known = await feed.refresh()
      if (feed !== this.feed) return
      this.list.update(known)
      if (this.items.length === 0) this.#showFresh()
      if (feed.fresh.length !== before) this.#offerFresh()
      if (feed.fresh.length > before || aloud) announce(feed.fresh.length ? counted(feed.fresh.length, "new post") : "No new posts")
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (aloud && feed === this.feed) announce(`Not refreshed. ${error.title}`)
    }
  }

  /** A post as it is now, told by the server unasked. @param {import("../api/types.js").FeedItem} post @returns {boolean} is it in this view? */
  learn(post) {
    const known = this.feed?.learn(post) ?? false
    if (known) this.list.update([post])
    return known
  }

  /** The panel that says why stays until there are posts. @param {Feed} feed */
  async #loadAfterFailure(feed) {
    try {
      await feed.load()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return
    }
    if (feed === this.feed) this.render()
  }

  /** @param {Feed} feed @param {number} depth how much was there before a reload */
  async #load(feed, depth) {
    this.#main.ariaBusy = "true"
    this.#posts.replaceChildren(this.#skeleton)
    this.#older.hide()
    this.#news.replaceChildren()
    this.loading = true
    this.onAnswer()
    this.#toTop()
    try {
      await feed.load()
      while (feed.items.length < depth && feed.more && feed === this.feed) await feed.older()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (feed === this.feed) this.#failed(feed, error)
      if (!feed.loadedAt) return false
    } finally {
      if (feed === this.feed) {
        this.loading = false
        this.onAnswer()
      }
    }
    if (feed === this.feed) announce(`${counted(feed.items.length, "post")}${feed.more ? ", and older ones" : ""}`)
    return feed === this.feed
  }

  #failed(/** @type {Feed} */ feed, /** @type {Problem} */ problem) {
    this.#panel(errorState(problem, this.#filters, () => this.show(feed, this.#filters, null)))
  }

  #panel(/** @type {HTMLElement} */ panel) {
    this.#main.ariaBusy = "false"
    this.#news.replaceChildren()
    this.#older.hide()
    this.#posts.replaceChildren(panel)
  }

  #settled() {
    this.#older.show({ more: this.feed?.more ?? false, empty: this.items.length === 0 })
  }

  #offerFresh() {
    const count = this.feed?.fresh.length ?? 0
    this.#news.replaceChildren()
    if (count === 0) return
    const button = element("button", { class: "button primary", type: "button" }, `Show ${counted(count, "new post")}`)
    button.addEventListener("click", () => this.#showFresh())
    this.#news.append(button)
  }

  #showFresh() {
    const wasEmpty = this.items.length === 0
    const taken = this.feed?.takeFresh() ?? []
    if (wasEmpty) this.render()
    else this.list.prepend(taken)
    this.#news.replaceChildren()
    if (taken.length === 0) return
    this.#toTop()
    this.#focus(taken[0].status_id)
  }

  #focus(/** @type {string|null|undefined} */ id) {
    const open = id ? this.list.card(id)?.querySelector(".open") : null
    if (open) /** @type {HTMLElement} */ (open).focus({ preventScroll: true })
  }

  #restore(/** @type {Place} */ place) {
    returnTo(place, place.anchor ? this.list.card(place.anchor) : null)
    this.#focus(place.focus)
  }

  /** Up, but no further than where the bar with the filters sticks. */
  #toTop() {
    const top = this.#main.offsetTop - byId("filters").offsetHeight
    if (scrollY > top) scrollTo({ top, behavior: "instant" })
  }
}
