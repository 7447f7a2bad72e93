import { entrance, reader } from "../access/reader.js"
import { noFilters } from "../address/filters.js"
import { Problem } from "../api/problem.js"
import { announce, byId, setTitle } from "../lib/dom.js"
import { late } from "../lib/late.js"
import { counted } from "../lib/number.js"
import { focusCard, placeNow, returnTo, toTop } from "./place.js"
import { errorState, PostsArea } from "./posts-area.js"

/** About a screenful, at once; the rest a few in each frame. */
const cardsAtOnce = 4
/** A load that takes longer says that it goes on. */
const stillLoadingMs = 4000
/** Why an attempt ends that the reader began anew. */
const begunAnew = new Problem({ status: 0, title: "" })

const hideNews = () => {
  byId("news").replaceChildren()
  setTitle({ news: 0 })
}
const waiting = late(() => import("./waiting.js"))
const addressPart = late(() => import("./address-state.js"))

/** Brings one Feed at a time onto the page. */
export class FeedView {
  #area = new PostsArea(() => this.loadOlder())
  #news = late(() => import("./news.js").then(({ News }) => new News(this)))
  /** @type {ShownFeed|null} */ feed = null
  filters = noFilters()
  loading = false
  /** how many posts the view has, in words, once they were counted */ total = ""
  /** Called when they were. */ onTotal = () => {}
  /** Fires at the start and end of every load or refresh. */ onAnswer = () => {}
  /**
   * Called when other posts stand on the page; `taken`: the reader has asked for the news.
   * @type {(taken?: boolean) => void}
   */
  onPosts = () => {}

  get items() { return this.feed?.items ?? [] }
  get list() { return this.#area.list }
  get edge() { return byId("filters").getBoundingClientRect().bottom }
  get place() { return placeNow(this.list.rows, this.edge) }

  /**
   * Puts other posts, or the feed again, in the place of the feed.
   * @param {ShownFeed} feed
   * @param {import("./post-list.js").PostList} list
   */
  stand(feed, list) {
    this.feed = feed
    this.#area.list = list
    this.render()
  }

  /**
   * @param {AddressProblem[]} problems
   * @param {Filters} filters
   */
  async refuse(problems, filters) {
    this.feed = null
    byId("posts").replaceChildren()
    this.onAnswer()
    const { addressState } = await addressPart()
    if (!this.feed) this.#say(addressState(problems, filters))
  }

  /**
   * @param {ShownFeed} feed
   * @param {Filters} filters
   * @param {Place|null} place
   */
  async show(feed, filters, place) {
    this.feed = feed
    this.filters = filters
    this.total = ""
    this.#area.list = this.#area.own
    if (!feed.loadedAt && !(await this.#load(feed, place?.depth ?? 0))) return
    if (!place) return this.#begin(feed)
    this.render()
    returnTo(place, this.list.row(place.anchor))
    focusCard(this.list, place.focus)
  }

  /** Draws the feed as it is: after loading, after coming back, after a change of zone. */
  render() {
    if (!this.feed?.loadedAt) return
    hideNews()
    this.#area.draw(this.feed, this.filters, this.items)
    this.#drawn(this.feed)
  }

  /**
   * Draws the feed from the top: what can be seen first, and the rest after it.
   * @param {ShownFeed} feed
   */
  async #begin(feed) {
    hideNews()
    this.#area.hideOlder()
    this.#area.draw(feed, this.filters, feed.items.slice(0, cardsAtOnce))
    toTop()
    if (await this.list.append(feed.items.slice(cardsAtOnce))) this.#drawn(feed)
  }

  /** @param {ShownFeed} feed */
  #drawn(feed) {
    this.#settle(feed)
    if (feed.fresh.length > 0 || feed.hasTurned) this.#news().then((news) => news.offer(), () => {})
    this.onAnswer()
  }

  /** @param {ShownFeed} feed */
  #settle(feed) {
    this.#area.settle(feed)
    this.onPosts()
  }

  /** The same posts under the days of another zone; the place stays. */
  rerender() {
    const { place } = this
    this.render()
    returnTo(place, this.list.row(place.anchor))
  }

  async loadOlder() {
    const { feed } = this
    const added = (await feed?.older()) ?? []
    if (!feed || feed !== this.feed) return
    const followed = byId("older").contains(document.activeElement)
    if (this.items.length === added.length) this.render()
    else if (await this.list.append(added)) this.#settle(feed)
    else return
    if (followed && added.length > 0) focusCard(this.list, added[0].status_id)
    else if (followed) byId("older").querySelector("button")?.focus()
    announce(added.length === 0 && feed.more ? "No further match so far" : `${counted(added.length, "further post")} loaded`)
  }

  /**
   * Looks for what is new and offers it.
   * @param {{aloud?: boolean}} how aloud also says that there is nothing
   */
  refresh(how = {}) {
    // Without the part that offers news it is still to be told whether the server answers.
    const ask = () => (this.feed?.loadedAt && !this.loading ? this.feed.refresh().catch(() => {}) : null)
    return this.#news().then((news) => news.refresh(how), ask)
  }

  /**
   * A post as it is now, told by the server unasked.
   * @param {FeedItem} post
   * @returns {boolean} is it in this view?
   */
  learn(post) {
    const known = this.feed?.learn(post)
    if (known) this.list.update([known])
    return Boolean(known)
  }

  /** What is there stays until there are posts. */
  async loadAnew() {
    const { feed } = this
    try {
      await feed?.load()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return this.onAnswer()
    }
    if (feed === this.feed) this.render()
  }

  /**
   * @param {ShownFeed} feed
   * @param {number} depth how much was there before a reload
   * @returns {Promise<boolean>} are its posts to be drawn?
   */
  async #load(feed, depth) {
    this.#area.wait()
    hideNews()
    this.loading = true
    this.onAnswer()
    toTop()
    const slow = setTimeout(() => this.#sayWaiting(feed), stillLoadingMs)
    try {
      await feed.load()
      while (feed.items.length < depth && feed.more && feed === this.feed) await feed.older()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error === begunAnew) return await this.#load(feed, depth)
      const panel = await this.#panelFor(error, () => this.show(feed, this.filters, null))
      if (feed === this.feed) this.#say(panel)
      if (!feed.loadedAt) return false
    } finally {
      clearTimeout(slow)
      if (feed === this.feed) {
        this.loading = false
        this.onAnswer()
      }
    }
    reader.hasRead = true
    if (feed === this.feed) announce(`${counted(feed.items.length, "post")}${feed.more ? ", and older ones" : ""}`)
    return feed === this.feed
  }

  /** @param {ShownFeed} feed */
  async #sayWaiting(feed) {
    const { sayWaiting, stopped } = await waiting()
    const end = (/** @type {Problem} */ why) => () => feed.stop(why)
    if (feed === this.feed && this.loading) sayWaiting(byId("posts"), { stop: end(stopped()), again: end(begunAnew) })
  }

  /**
   * @param {Problem} problem
   * @param {() => void} retry
   */
  async #panelFor(problem, retry) {
    if (problem.isRefusal) await reader.ask()
    const error = () => errorState(problem, this.filters, retry)
    return problem.isRefusal && !reader.mayRead ? entrance().catch(error) : error()
  }

  /** @param {HTMLElement} panel */
  #say(panel) {
    hideNews()
    this.#area.say(panel)
    this.onPosts()
  }
}
