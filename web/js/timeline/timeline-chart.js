import { noFilters, withChange } from "../address/filters.js"
import { feedQuery, queryWith } from "../address/query.js"
import { getTimeline } from "../api/late-endpoints.js"
import { Problem } from "../api/problem.js"
import { element, svg } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { shortTime, zone } from "../lib/time/format.js"
import { bucketsInWords, countIn } from "./bucket-words.js"
import { chooser } from "./chooser.js"
import { countedByAccount, fittedTimeline } from "./fitted.js"
import { accountParts, tierParts } from "./parts-of-bars.js"
import { height, timelinePicture } from "./picture.js"
import { fittingSize, rangeOf, sizes } from "./range.js"
import { timelineTable } from "./table.js"

/** Posts per hour, day, week or month under some filters; a stretch of it can be chosen. */
export class TimelineChart {
  #slider = element("div", {
    class: "chart",
    role: "slider",
    tabindex: "0",
    "aria-label": "Posts over time. Arrow keys move, Shift and arrows choose a stretch, Enter shows it",
    "aria-valuenow": "0",
  })
  #reading = element("p", { class: "chart-reading" }, "\u00a0")
  #table = element("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Posts over time, as a table" })
  #sizes
  #whole = element("button", { class: "button quiet", type: "button", hidden: "" }, "All time")
  #legend = element("ul", { class: "timeline-legend", role: "list" })
  #choose
  #fits
  #parts = tierParts
  #filters = noFilters()
  /** @type {typeof sizes[number]|null} what the reader wants; null lets the filters decide */ #size = null
  /** @type {Timeline|null} */ #data = null
  /** @type {AbortController|null} */ #request = null
  /** the bucket a reader stands on; empty at the end, which moves on */ #standing = ""

  /**
   * @param {HTMLElement} root
   * @param {(filters: Filters) => void} choose shows the posts of other filters
   * @param {boolean} [fits] without a beginning it spans the posts of the view; else the last ones of the archive
   */
  constructor(root, choose, fits = false) {
    this.#choose = choose
    this.#fits = fits
    this.#sizes = sizes.map((size) => element("button", { class: "button quiet", type: "button", "data-size": size },
      { hour: "Hours", day: "Days", week: "Weeks", month: "Months" }[size]))
    for (const button of this.#sizes) button.addEventListener(
      "click",
      () => { this.#size = /** @type {any} */ (button.dataset.size); this.load() },
    )
    this.#whole.addEventListener("click", () => this.#choose(withChange(this.#filters, { range: "", since: "", until: "" })))
    this.#slider.style.blockSize = `${height}px`
    root.replaceChildren(
      element("div", { class: "timeline-bar" },
        element("div", { class: "timeline-sizes", role: "group", "aria-label": "Count by" }, ...this.#sizes),
        this.#whole,
        this.#legend),
      this.#slider,
      this.#reading,
      element("details", { class: "folded" }, element("summary", {}, "As a table"), this.#table),
    )
    this.#showLegend()
    new ResizeObserver(() => this.#draw()).observe(this.#slider)
  }

  /** @param {Filters} filters */
  show(filters) {
    this.#filters = filters
    return this.load()
  }

  /** Asks again: for other filters, for news, or after a failure. */
  async load() {
    this.#request?.abort()
    const { signal } = (this.#request = new AbortController())
    const query = queryWith(feedQuery(withChange(this.#filters, { sort: "" }), new Date(), zone()), { tz: zone() })
    this.#whole.hidden = !this.#filters.range && !this.#filters.since && !this.#filters.until
    const accounts = accountParts(this.#filters)
    if (this.#size) this.#press(this.#size)
    try {
      const data = await this.#ask(query, signal)
      this.#data = accounts ? await countedByAccount(data, query, accounts, signal) : data
      this.#parts = accounts ?? tierParts
      this.#press(data.bucket)
      this.#draw()
      this.#showLegend()
      this.#table.replaceChildren(timelineTable(this.#data, this.#parts))
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof Problem)) throw error
      this.#failed(error)
    }
  }

  /**
   * @param {URLSearchParams} query
   * @param {AbortSignal} signal
   */
  #ask(query, signal) {
    const { range, since, until } = this.#filters
    if (this.#fits && !range && !since && !until) return fittedTimeline(query, this.#size, Date.now(), signal)
    return getTimeline(queryWith(query, { bucket: this.#size ?? fittingSize(this.#filters, Date.now()) }), signal)
  }

  /** @param {string} size */
  #press(size) {
    for (const button of this.#sizes) button.ariaPressed = String(button.dataset.size === size)
  }

  /** Accounts have their totals; tiers have them in what is read out. */
  #showLegend() {
    const buckets = this.#data?.buckets ?? []
    const total = (/** @type {string} */ key) => buckets.reduce((sum, bucket) => sum + countIn(bucket, key), 0)
    this.#legend.replaceChildren(...this.#parts.map(({ key, name, look }) => element("li", {},
      svg("svg", { class: `bars ${look}`, viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("rect", { width: 12, height: 12, rx: 2 })),
      element("span", {}, name, ...(this.#parts === tierParts ? [] : [` ${exact(total(key))}`])))))
  }

  #draw() {
    const width = this.#slider.clientWidth
    if (!this.#data || width === 0) return
    const { buckets, bucket: size } = this.#data
    if (buckets.length === 0) {
      this.#slider.replaceChildren()
      this.#reading.textContent = "No posts in this time."
      return
    }
    const { picture, frame, edge } = timelinePicture(buckets, this.#parts, width)
    const newestFilled = buckets.findLastIndex(({ total }) => total > 0)
    const stretch = svg("rect", { class: "stretch", y: frame.top, height: frame.bottom - frame.top })
    picture.prepend(stretch)
    this.#slider.replaceChildren(picture)
    chooser(this.#slider, {
      count: buckets.length,
      first: Math.max(0, buckets.findIndex(({ start }) => start === this.#standing)) || Math.max(0, newestFilled),
      at: (x) => buckets.findLastIndex((_, index) => edge(index) <= x),
      show: (from, to, selecting) => {
        stretch.setAttribute("x", String(edge(from)))
        stretch.setAttribute("width", String(Math.max(1, edge(to + 1) - edge(from))))
        this.#standing = to === newestFilled ? "" : buckets[to].start
        stretch.classList.toggle("selecting", selecting)
        const words = bucketsInWords(buckets.slice(from, to + 1), size, this.#parts)
        this.#reading.textContent = `${words}${this.#note()}`
        return words
      },
      choose: (from, to) => this.#choose(withChange(this.#filters, { range: "", ...rangeOf(buckets[from], buckets[to], size) })),
    })
  }

  /** Counting stops when it takes too long; then it is said how far it got. */
  #note() {
    const { partial, covered_since: since } = /** @type {Timeline} */ (this.#data)
    return partial && since ? ` · counted back to ${shortTime(new Date(since))}` : ""
  }

  /** @param {Problem} problem */
  #failed(problem) {
    const again = element("button", { class: "button", type: "button" }, "Try again")
    again.addEventListener("click", () => this.load())
    this.#reading.replaceChildren(`The timeline could not be ${this.#data ? "renewed" : "loaded"}. ${problem.title}. `, again)
  }
}
