import { base } from "../../config.js"
import { noFilters, toSearch } from "../address/filters.js"
import { feedHref, postHref, postIdIn } from "../address/hrefs.js"
import { parseSearch } from "../address/parse.js"
import { needsZone, viewKey, zoned } from "../address/query.js"
import { announce, byId, setTitle } from "../lib/dom.js"
import { readerZone, useZone, zone, zoneLabel } from "../lib/time/format.js"
import { showAllTimes } from "../lib/time/time-node.js"
import { markSummary } from "../page/summary-strip.js"
import { entry, keepWayBack, leaveAt, newView, viewFor, write } from "./history-entries.js"

const pagesToReachPost = 4

/** Keeps the page equal to its address: the address is the only state there is. */
export class Pages {
  #feed
  #drawer
  #parts
  /** @type {import("./history-entries.js").View|null} */ #view = null
  #zone = ""
  filters = parseSearch("").filters

  /**
   * @param {FeedView} feed
   * @param {import("../post/open-post.js").OpenPost} drawer
   * @param {{bar: {show: (filters: Filters) => void}, zone: () => void, back: (id: string) => void}} parts
   */
  constructor(feed, drawer, parts) {
    this.#feed = feed
    this.#drawer = drawer
    this.#parts = parts
  }

  start() {
    history.scrollRestoration = "manual"
    this.#feed.onTotal = () => this.#showPlace()
    addEventListener("popstate", () => this.show())
    addEventListener("pagehide", () => { this.#leave(); keepWayBack() })
    return this.show()
  }

  /**
   * @param {string} href
   * @param {{replace?: boolean}|undefined} options
   */
  go(href, { replace = false } = {}) {
    const url = new URL(href, location.href)
    if (url.href === location.href) return this.#again()
    const same = this.#view?.key === viewKey(parseSearch(url.search).filters)
    const opens = postIdIn(url.pathname) !== null
    const isStep = opens && this.#drawer.id !== null
    this.#leave()
    write(href, { ...(same ? entry() : { view: newView() }), opened: isStep ? entry().opened : opens }, replace || isStep)
    return this.show()
  }

  /**
   * The reader's own zone stands in the address only as long as days depend on it.
   * @param {Filters} filters
   * @param {{replace?: boolean}} [options]
   */
  apply(filters, options) {
    const isOwn = filters.tz === readerZone && !needsZone(filters)
    return this.go(feedHref(isOwn ? { ...filters, tz: "" } : filters), options)
  }

  /** The address that is shown already: then look for what is new. */
  #again() {
    scrollTo({ top: 0 })
    return this.#feed.refresh({ aloud: true })
  }

  /** Back to the feed: one step in history if the post was opened from it. */
  closePost() {
    if (entry().opened) history.back()
    else this.go(`${base}/${location.search}`, { replace: true })
  }

  /**
   * The neighbour of the open post in this view.
   * @param {1|-1} by
   */
  async step(by) {
    const at = this.#index()
    if (at < 0) return
    if (!this.#feed.items[at + by] && by > 0 && this.#feed.feed?.more) {
      await this.#feed.loadOlder().catch(() => announce("Older posts could not be loaded"))
    }
    const next = this.#feed.items[at + by]
    if (!next) return
    await this.go(postHref(next.status_id), { replace: true })
    this.#feed.list.card(next.status_id)?.scrollIntoView({ block: "nearest" })
  }

  /** Makes the page show what the address says. */
  async show() {
    const { filters: read, problems } = parseSearch(location.search)
    const filters = zoned(read)
    if (filters !== read && problems.length === 0) history.replaceState(history.state, "", location.pathname + toSearch(filters))
    const id = postIdIn(location.pathname)
    const { view: viewId } = entry()
    this.#switchZone(filters)
    this.filters = filters
    this.#parts.bar.show(filters)
    markSummary(location.search)
    const changed = this.#view?.id !== viewId || this.#view.key !== viewKey(filters)
    const closing = id === null ? this.#drawer.id : null
    if (changed) this.#leave()
    this.#showPost(id)
    if (problems.length > 0) {
      this.#view = null
      return this.#feed.refuse(problems, filters)
    }
    if (changed) {
      this.#view = viewFor(viewId, filters)
      const { place } = this.#view
      await this.#feed.show(this.#view.feed, filters, place)
      this.#showPlace()
      if (id !== null && place === null) await this.#loadAsFarAs(id)
    } else if (closing !== null) this.#parts.back(closing)
  }

  #showPost(/** @type {string|null} */ id) {
    if (id === null) {
      this.#drawer.close()
      setTitle({ post: "" })
    } else this.#drawer.open(id, this.#feed.items.find((item) => item.status_id === id) ?? null)
    this.#showPlace()
  }

  #showPlace() {
    this.#feed.list.mark(this.#drawer.id)
    const { items, feed, total } = this.#feed
    if (this.#drawer.id !== null) this.#drawer.setPlace(this.#index(), items.length, feed?.more ?? false, total)
  }

  /**
   * A link to a post in a view: the feed behind it goes as far as the post, if that is not far, so that closing leads there.
   * @param {string} id
   */
  async #loadAsFarAs(id) {
    const view = this.#view
    for (let tries = 0; tries < pagesToReachPost && this.#index() < 0 && this.#feed.feed?.more; tries++) {
      await this.#feed.loadOlder().catch(() => { tries = pagesToReachPost })
      if (this.#view !== view || this.#drawer.id !== id) return
    }
    this.#feed.list.card(id)?.scrollIntoView({ block: "center" })
    this.#showPlace()
  }

  #index() {
    return this.#feed.items.findIndex((item) => item.status_id === this.#drawer.id)
  }

  #switchZone(/** @type {Filters} */ filters) {
    useZone(filters.tz || null)
    this.#parts.zone()
    byId("zone-name").textContent = zoneLabel(zone())
    byId("to-overview").search = toSearch({ ...noFilters(), tz: filters.tz })
    if (this.#zone !== filters.tz && this.#view) {
      this.#feed.rerender()
      this.#drawer.redraw()
      showAllTimes()
    }
    this.#zone = filters.tz
  }

  #leave() {
    if (!this.#view?.feed.loadedAt || this.#feed.feed !== this.#view.feed) return
    const place = this.#feed.place
    leaveAt(this.#view, { ...place, focus: place.focus ?? this.#drawer.id })
  }
}
