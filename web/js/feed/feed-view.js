import { noFilters } from "../address/filters.js"
import { sortOf } from "../address/sorts.js"
import { Problem } from "../api/problem.js"
import { announce, byId, within } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { emptyState, errorState } from "./feed-states.js"
import { News, newsOf } from "./news.js"
import { Older } from "./older-posts.js"
import { placeNow, returnTo } from "./place.js"
import { PostList } from "./post-list.js"

/** @typedef {import("./feed.js").Feed} Feed @typedef {import("./place.js").Place} Place */

/** About a screenful, at once; the rest a few in each frame. */
const first = 4

/** Brings one Feed at a time onto the page. */
export class FeedView {
  #main = byId("feed")
  #posts = byId("posts")
  #news = new News(byId("news"), () => this.#takeNews())
  #skeleton = byId("posts").firstElementChild.cloneNode(true)
  #older = new Older(byId("older"), () => this.loadOlder())
  /** @type {Feed|null} */ feed = null
  filters = noFilters()
  #list = new PostList(this.#posts)
  /** the feed's own, unless other posts stand in its place */ list = this.#list
  loading = false
  /** Called when an attempt to load or to refresh begins or ends; says nothing about how. */ onAnswer = () => {}
  /** Called when other posts stand on the page; `taken`: the reader has asked for the news. @type {(taken?: boolean) => void} */ onPosts = () => {}

  get items() { return this.feed?.items ?? [] }
  get edge() { return byId("filters").getBoundingClientRect().bottom }
  get place() { return placeNow(this.list.rows, this.edge) }

  /** @param {import("../address/filter-types.js").AddressProblem[]} problems @param {import("../address/filter-types.js").Filters} filters */
  async refuse(problems, filters) {
    this.feed = null
    this.#posts.replaceChildren()
    this.onAnswer()
    const { addressState } = await import("./address-state.js")
    if (!this.feed) this.#panel(addressState(problems, filters))
  }

  /** @param {Feed} feed @param {import("../address/filter-types.js").Filters} filters @param {Place|null} place */
  async show(feed, filters, place) {
    this.feed = feed
    this.filters = filters
    this.list = this.#list
    if (!feed.loadedAt && !(await this.#load(feed, place?.depth ?? 0))) return
    if (place) {
      this.render()
      this.#restore(place)
    } else await this.#begin()
  }

  /** Draws the feed as it is: after loading, after coming back, after a change of zone. */
  render() {
    if (!this.feed?.loadedAt) return
    this.#draw(this.items)
    this.#drawn()
  }

  /** Draws the feed from the top: what can be seen first, and the rest after it. */
  async #begin() {
    this.#older.hide()
    this.#draw(this.items.slice(0, first))
    this.#toTop()
    if (await this.list.append(this.items.slice(first))) this.#drawn()
  }

  /** @param {import("../api/types.js").FeedItem[]} items */
  #draw(items) {
    this.#news.show(null)
    this.list.order = sortOf(this.filters.sort)
    byId("feed-title").textContent = `Posts, ${this.list.order.order}`
    if (items.length > 0) this.list.show(items)
    else this.#posts.replaceChildren(...(this.feed?.more ? [] : [emptyState(this.filters)]))
  }

  #drawn() {
    this.#main.ariaBusy = "false"
    this.#settled()
    this.#news.show(this.feed)
    this.onAnswer()
  }

  /** The same posts under the days of another zone; the place stays. */
  rerender() {
    const { place } = this
    this.render()
    returnTo(place, this.list.row(place.anchor))
  }

  async loadOlder() {
    const feed = this.feed
    const added = (await feed?.older()) ?? []
    if (feed !== this.feed) return
    const followed = byId("older").contains(document.activeElement)
    if (this.items.length === added.length) this.render()
    else if (await this.list.append(added)) this.#settled()
    else return
    if (followed && added.length > 0) this.#focus(added[0].status_id)
    else if (followed) byId("older").querySelector("button")?.focus()
    announce(added.length === 0 && feed?.more ? "No further match so far" : `${counted(added.length, "further post")} loaded`)
  }

  /** Looks for what is new and offers it. @param {{aloud?: boolean}} [how] aloud also says that there is nothing */
  async refresh({ aloud = false } = {}) {
    const feed = this.feed
    if (!feed || this.loading) return
    if (!feed.loadedAt) return this.#loadAnew(feed)
    const before = newsOf(feed)
    try {
      const known = await feed.refresh()
      if (feed !== this.feed) return
      this.list.update(known)
      if (this.items.length === 0) this.#showFresh()
      const news = newsOf(feed)
      if (news !== before) this.#news.show(feed)
      if (aloud || (news !== before && news !== "")) announce(news || "No new posts")
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (aloud && feed === this.feed) announce(`Not refreshed. ${error.title}`)
    }
  }

  /** A post as it is now, told by the server unasked. @param {import("../api/types.js").FeedItem} post @returns {boolean} is it in this view? */
  learn(post) {
    const known = this.feed?.learn(post)
    if (known) this.list.update([known])
    return Boolean(known)
  }

  /** What is there stays until there are posts. @param {Feed} feed */
  async #loadAnew(feed) {
    try {
      await feed.load()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return this.onAnswer()
    }
    if (feed === this.feed) this.render()
  }

  /** @param {Feed} feed @param {number} depth how much was there before a reload */
  async #load(feed, depth) {
    this.#main.ariaBusy = "true"
    this.#posts.replaceChildren(this.#skeleton)
    this.#older.hide()
    this.#news.show(null)
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
    this.#panel(errorState(problem, this.filters, () => this.show(feed, this.filters, null)))
  }

  #panel(/** @type {HTMLElement} */ panel) {
    this.#main.ariaBusy = "false"
    this.#news.show(null)
    this.#older.hide()
    this.#posts.replaceChildren(panel)
    this.onPosts()
  }

  #settled() {
    const { more = false, isSearching = false } = this.feed ?? {}
    this.#older.show({ more, isSearching, empty: this.items.length === 0, inTime: this.list.order.day !== null })
    this.onPosts()
  }

  /** What a refresh found: on top of what is there, or the view anew where it does not go there. */
  async #takeNews() {
    const feed = this.feed
    if (!feed) return
    if (feed.hasTurned) {
      await this.#loadAnew(feed)
      if (feed !== this.feed || feed.hasTurned) return
    } else this.#showFresh()
    this.#toTop()
    this.#focus(this.items[0]?.status_id)
  }

  #showFresh() {
    const wasEmpty = this.items.length === 0
    const taken = this.feed?.takeFresh() ?? []
    if (wasEmpty) this.render()
    else this.list.prepend(taken)
    this.#news.show(null)
    this.onPosts(true)
  }

  #focus(/** @type {string|null|undefined} */ id) {
    within(this.list.card(id), ".open")?.focus({ preventScroll: true })
  }

  #restore(/** @type {Place} */ place) {
    returnTo(place, this.list.row(place.anchor))
    this.#focus(place.focus)
  }

  /** Up, but no further than where the bar with the filters sticks. */
  #toTop() {
    const top = this.#main.offsetTop - byId("filters").offsetHeight
    if (scrollY > top) scrollTo({ top, behavior: "instant" })
  }
}
