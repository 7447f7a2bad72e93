import { apiBase } from "../../config.js"
import { filtersInWords } from "../address/filters-in-words.js"
import { sortOf } from "../address/filters.js"
import { feedQuery, viewKey } from "../address/query.js"
import { spanName, stretchInWords } from "../address/stretch-in-words.js"
import { Feed } from "../feed/feed.js"
import { countOf, countWords } from "../feed/view-count.js"
import { byId, element, setTitle } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { readerZone, shortTime, zoneTime } from "../lib/time/format.js"
import { savedName } from "../saved/saved-name.js"
import { focusLastChip, showChips } from "./chips.js"
import { Hits } from "./hits.js"

/** @typedef {import("../feed/view-count.js").Count} Count */

/** Says what the view is, in the same words everywhere: chips, the line above the posts, the tab, the button of the saved views, paper. */
export class ShownView {
  #address
  #feed
  #line = byId("view-line")
  #hits = new Hits(byId("posts"))
  #atom = /** @type {HTMLLinkElement} */ (element("link", { rel: "alternate", type: "application/atom+xml", title: "This view" }))
  /** @type {ShownFeed|null} the feed that was counted */ #counted = null
  /** @type {Count|null} */ #count = null
  focusLastChip = focusLastChip

  /**
   * @param {Address} address
   * @param {FeedView} feed
   */
  constructor(address, feed) {
    this.#address = address
    this.#feed = feed
    document.head.append(this.#atom)
    document.addEventListener("viewskept", () => this.say())
    const others = feed.onPosts
    feed.onPosts = (taken) => {
      this.#look(Boolean(taken))
      others(taken)
    }
    this.#look(false)
  }

  say() {
    const filters = this.#address.now()
    const { name, isChanged } = savedName(filters)
    const query = feedQuery(filters, new Date(), filters.tz || readerZone)
    showChips(filters, this.#address.apply)
    this.#hits.show(filters.q)
    byId("views-name").textContent = name ? `${name}${isChanged ? " · changed" : ""}` : "Views"
    byId("views-name").classList.toggle("named", name !== null)
    this.#atom.href = `${apiBase}/feed.atom${query.size ? `?${query}` : ""}`
    setTitle({ view: (!isChanged && name) || viewInWords(filters) })
    if (viewKey(filters) !== viewKey(this.#feed.filters)) this.#count = null
    this.#draw()
  }

  #draw() {
    const filters = this.#address.now()
    const times = [...stretchOf(filters, "", "found"), ...stretchOf(filters, "posted_", "posted")]
    this.#line.replaceChildren(
      element("span", { class: "print-only" }, `${viewInWords(filters)} · `),
      this.#count ? `${countWords(this.#count)} · ` : "",
      element("span", { class: "screen-only" }, ...times.map((words) => `${words} · `)),
      zoneTime(),
      element("span", { class: "print-only" }, ` · as of ${shortTime(this.#feed.feed?.loadedAt ?? new Date())}`))
  }

  /**
   * Other posts stand on the page. With the end of the view among them they are counted here, else by the server.
   * @param {boolean} taken
   */
  async #look(taken) {
    const { feed: shown, filters, items } = this.#feed
    if (!(shown instanceof Feed) || !shown.loadedAt) return
    const isOther = shown !== this.#counted
    this.#counted = shown
    const count = !shown.more ? { posts: items.length, isLeast: false } : isOther || taken ? await countOf(filters) : this.#count
    if (shown !== this.#feed.feed) return
    this.#count = count
    this.#feed.total = count ? `${count.isLeast ? "at least " : ""}${exact(count.posts)}` : ""
    this.#feed.onTotal()
    this.#draw()
  }
}

/**
 * @param {Filters} filters
 * @returns {string} "Teammate · 1 Mar – 31 May 2025 · most liked first"
 */
function viewInWords(filters) {
  const order = filters.sort ? [sortOf(filters.sort).order] : []
  return [...filtersInWords(filters).map(({ label }) => label), ...order].join(" · ") || "All posts"
}

/**
 * @param {Filters} filters
 * @param {""|"posted_"} clock
 * @param {string} verb
 */
function stretchOf(filters, clock, verb) {
  const [range, since, until] = [filters[`${clock}range`], filters[`${clock}since`], filters[`${clock}until`]]
  if (range) return [`${verb} in the last ${spanName(range)}`]
  return since || until ? [`${verb} ${stretchInWords(since, until)}`] : []
}
