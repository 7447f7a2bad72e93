import { postIdIn } from "../address/hrefs.js"
import { Problem } from "../api/problem.js"
import { returnTo } from "../feed/place.js"
import { shortcuts } from "../keyboard/shortcuts.js"
import { announce, byId, element } from "../lib/dom.js"
import { counted } from "../lib/number.js"
import { style } from "../lib/stylesheet.js"
import { entry } from "../view/history-entry.js"
import { Line, newWords, setDivider, sinceNode } from "./catch-up-line.js"
import { ways } from "./groups.js"
import { markKey } from "./marks.js"
import { isUnseen, markAt } from "./progress.js"
import { countAfter, newestAfter } from "./question.js"
import { Reading } from "./reading.js"
import { reaches, Visit } from "./visit.js"

/** @typedef {import("../feed/feed.js").Feed} Feed @typedef {import("./groups.js").By} By @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("../feed/feed-view.js").FeedView} FeedView @typedef {ReturnType<import("../feed/movement.js").movement>} Cards */

const tick = 30_000
const furthest = 20

/** @param {FeedView} view @param {Cards} cards @returns {Promise<(taken?: boolean) => void>} */
export async function begin(view, cards) {
  await Promise.all([style("/css/catch-up.css"), style("/css/panel.css")])
  const catchUp = new CatchUp(view, cards)
  return (taken) => catchUp.update(taken)
}

/** Says what is new since the mark, leads to it, and moves the mark. */
class CatchUp {
  #view
  #cards
  #place = byId("catch-up")
  #visit
  #line = new Line({ catchUp: () => this.#enter("time"), first: () => this.#toFirst(), seen: () => this.#markSeen(), undo: () => this.#undo() })
  /** @type {Reading|null} */ #reading = null
  /** @type {WeakMap<Feed, Reading>} what somebody who goes back comes back to */ #readings = new WeakMap()
  /** @type {Set<string>} views whose news was told */ #told = new Set()
  /** @type {{key: string, mark: Mark, isKept: boolean}|null} what can be undone */ #moved = null
  /** when the newest post that is counted was found */ #newest = ""
  /** @type {import("./catch-up-line.js").Count|null} so many are new */ #known = null
  #turn = 0
  /** Writes the words again, since time passes. */ #again = () => {}

  /** @param {FeedView} view @param {Cards} cards */
  constructor(view, cards) {
    this.#view = view
    this.#cards = cards
    this.#visit = new Visit(view.edge, ({ isNew }) => {
      if (isNew) this.#told.clear()
      this.update()
    })
    const unlessOpen = (/** @type {() => void} */ act) => () => { if (postIdIn(location.pathname) === null && !this.#place.hidden) act() }
    shortcuts({ u: unlessOpen(() => this.#toFirst()), c: unlessOpen(() => (this.#reading ? this.#goBack() : this.#enter("time"))), m: unlessOpen(() => this.#markSeen()) })
    addEventListener("popstate", () => this.#sync())
    for (const sign of ["scroll", "focusin"]) addEventListener(sign, () => this.#reading?.remember(), { passive: true })
    setInterval(() => this.#again(), tick)
  }

  get #key() { return markKey(this.#view.filters) }
  get #mark() { return this.#visit.mark(this.#key) }
  get #inOrder() { return this.#view.list.order.day === "discovered_at" }

  /** Brings everything up to what stands on the page. @param {boolean} [taken] the reader has just asked for the news, and need not be told */
  async update(taken = false) {
    const { feed } = this.#view
    if (!feed?.loadedAt) return this.#hide()
    if (await this.#sync()) return this.#whileReading()
    const mark = this.#mark
    if (mark) this.#visit.isAt({ key: this.#key, feed, inOrder: this.#inOrder, unseen: this.#readings.get(feed)?.unseen ?? null }, this.#view.list.rows)
    await this.#say(mark, taken)
  }

  #whileReading() {
    const { feed, unseen } = this.#reading ?? {}
    if (!feed || !unseen) return
    this.#again = () => this.#reading?.draw(this.#known)
    this.#again()
    this.#visit.isAt({ key: this.#key, feed, inOrder: this.#inOrder, unseen }, this.#view.list.rows)
  }

  /** @param {Mark|null} mark @param {boolean} taken */
  async #say(mark, taken) {
    const turn = ++this.#turn
    const { filters, items } = this.#view
    const [key, inOrder] = [this.#key, this.#inOrder]
    const isFirst = !this.#told.has(key) && !taken
    this.#told.add(key)
    if (!mark) return this.#hide()
    const newest = (inOrder ? items[0] : await newestAfter(filters, mark))?.discovered_at ?? ""
    const here = inOrder ? items.filter((post) => isUnseen(mark, post)).length : 0
    if (turn !== this.#turn) return
    const isWhole = inOrder && reaches(/** @type {Feed} */ (this.#view.feed), mark)
    if (newest <= mark.until || (isWhole && here === 0)) return this.#nothing(key, mark)
    this.#newest = newest
    this.#known = null
    if (!isWhole) this.#draw(null, mark)
    const counted = isWhole ? null : await countAfter(filters, mark, newest, items)
    if (turn !== this.#turn) return
    if (counted?.isExact && counted.count === 0) return this.#nothing(key, mark)
    const known = { count: Math.max(here, counted?.count ?? 0), isExact: isWhole || counted?.isExact === true }
    this.#known = known
    this.#draw(known, mark)
    if (isFirst) announce(`${newWords(known)} since ${sinceNode(mark.until).textContent}`)
  }

  /** @param {import("./catch-up-line.js").Count|null} known @param {Mark} mark */
  #draw(known, mark) {
    const inOrder = this.#inOrder
    this.#again = () => {
      this.#line.show(known, mark.until, inOrder)
      setDivider(this.#view, inOrder ? mark.until : null, () => element("span", {}, "Seen until ", sinceNode(mark.until)))
    }
    this.#stand(this.#line.root)
    this.#again()
  }

  /** @param {string} key @param {Mark} mark */
  #nothing(key, mark) {
    if (this.#moved?.key !== key) return this.#hide()
    const { isKept } = this.#moved
    this.#again = () => this.#line.showSeen(mark.until, isKept)
    this.#stand(this.#line.root)
    this.#again()
    setDivider(this.#view, null)
  }

  #hide() {
    this.#turn++
    this.#again = () => {}
    this.#stand(null)
    setDivider(this.#view, null)
  }

  /** What is being read stays where it is. @param {Node|null} node */
  #stand(node) {
    if (node === null ? this.#place.hidden : !this.#place.hidden && this.#place.firstChild === node) return
    const { place } = this.#view
    this.#place.replaceChildren(...(node ? [node] : []))
    this.#place.hidden = node === null
    returnTo(place, this.#view.list.row(place.anchor))
  }

  /** Makes the page read or not read what is unseen, as the history says. @returns {Promise<boolean>} is it reading now? */
  async #sync() {
    if (this.#reading && !this.#reading.isShown) this.#ended()
    const by = history.state?.catching
    if (by && !this.#reading) return this.#enter(by in ways ? by : "time", { isNew: false })
    if (!by && this.#reading) await this.#leave()
    return this.#reading !== null
  }

  /** @param {By} by @param {{isNew?: boolean}} [how] is it a step in the history? @returns {Promise<boolean>} */
  async #enter(by, { isNew = true } = {}) {
    const { feed } = this.#view
    const mark = this.#mark
    if (!feed?.loadedAt || !mark) return false
    const before = this.#readings.get(feed)
    const reading = before?.mark === mark ? before : new Reading(this.#view, this.#cards, mark, { group: (by) => this.#group(by), seen: () => this.#markSeen(), leave: () => this.#goBack() })
    this.#readings.set(feed, reading)
    if (!(await this.#loaded(reading, by)) || this.#view.feed !== feed || this.#reading) return this.#reading !== null
    if (reading.unseen.items.length === 0) {
      history.replaceState({ ...entry(), catching: undefined }, "")
      announce("Nothing is left to catch up with")
      return false
    }
    if (isNew) history.pushState({ ...entry(), opened: false, catching: by }, "")
    this.#reading = reading
    this.#place.classList.add("catching")
    this.#stand(reading.bar)
    reading.show()
    announce(`Catching up: ${counted(reading.unseen.items.length, "post")}, oldest first`)
    return true
  }

  /** @param {Reading} reading @param {By} by */
  async #loaded(reading, by) {
    this.#line.busy(true, 0)
    try {
      await reading.load(by)
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      announce(`What is new could not be loaded. ${error.title}`)
      return false
    } finally {
      this.#line.busy(false, 0)
    }
  }

  async #leave() {
    const reading = /** @type {Reading} */ (this.#reading)
    this.#ended()
    reading.leave()
    await this.update()
    if (document.activeElement === document.body) this.#line.focus()
  }

  #ended() {
    this.#reading = null
    this.#place.classList.remove("catching")
  }

  /** Out of the unseen posts, by the way that led in. */
  #goBack() {
    history.go(postIdIn(location.pathname) !== null && entry().opened ? -2 : -1)
  }

  /** @param {By} by */
  #group(by) {
    history.replaceState({ ...entry(), catching: by }, "")
    this.#reading?.group(by)
  }

  /** To the oldest post that was not seen, however far down it is. */
  async #toFirst() {
    const mark = this.#mark
    const { feed } = this.#view
    if (this.#reading) return void this.#cards.focus(this.#reading.unseen.items[0]?.status_id)
    if (!feed || !mark) return
    if (!this.#inOrder) return void this.#enter("time")
    this.#line.busy(true, 1)
    for (let pages = 0; pages < furthest && feed.more && !reaches(feed, mark); pages++) await this.#view.loadOlder().catch(() => { pages = furthest })
    this.#line.busy(false, 1)
    const first = feed.items.findLast((post) => isUnseen(mark, post))
    if (this.#view.feed !== feed || !first) return
    this.#cards.focus(first.status_id)
    this.#view.list.card(first.status_id)?.scrollIntoView({ block: "center" })
    announce(reaches(feed, mark) ? "First unseen post" : "There are unseen posts further down. The key u goes on.")
  }

  async #markSeen() {
    const [key, mark] = [this.#key, this.#mark]
    const newest = this.#reading ? this.#reading.unseen.posts.at(-1)?.discovered_at : this.#newest
    if (!mark || !newest || newest <= mark.until) return
    this.#moved = { key, mark, isKept: this.#visit.move(key, markAt(mark, newest)) }
    announce("Marked as seen")
    if (this.#reading) return this.#goBack()
    await this.update()
    if (document.activeElement === document.body) this.#line.focus()
  }

  async #undo() {
    if (!this.#moved) return
    this.#visit.moveBack(this.#moved.key, this.#moved.mark)
    this.#moved = null
    announce("The mark is where it was")
    await this.update()
    this.#line.focus()
  }
}
