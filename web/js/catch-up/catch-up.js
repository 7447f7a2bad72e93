import { postIdIn } from "../address/hrefs.js"
import { returnTo } from "../feed/place.js"
import { shortcuts } from "../keyboard/shortcuts.js"
import { announce, byId, element, style } from "../lib/dom.js"
import { CatchUpLine, newWords, setDivider, sinceNode } from "./catch-up-line.js"
import { isUnseen } from "./progress.js"
import { countAfter, newestAfter } from "./question.js"
import { ReadingMode } from "./reading-mode.js"
import { ViewMark } from "./view-mark.js"
import { reaches } from "./visit.js"

/** @typedef {import("./marks.js").Mark} Mark */

const rewriteMs = 30_000
const pagesToReachMark = 20

/**
 * @param {FeedView} view
 * @param {CardMovement} cards
 * @returns {Promise<(taken?: boolean) => void>}
 */
export async function begin(view, cards) {
  await Promise.all([style("/css/parts/catch-up.css"), style("/css/parts/panel.css")])
  const catchUp = new CatchUp(view, cards)
  return (taken) => catchUp.update(taken)
}

/** Says above the posts what is new since the mark, leads to it, and says what the reader did with the mark. */
class CatchUp {
  #view
  #cards
  #place = byId("catch-up")
  #mark
  /** @type {ReadingMode} */ #mode
  /** @type {CatchUpLine} */ #line = new CatchUpLine({
    catchUp: () => this.#mode.enter("time"),
    first: () => this.#toFirst(),
    seen: () => this.#markSeen(),
    undo: () => this.#undo(),
  })
  /** @type {Set<string>} views whose news was told */ #told = new Set()
  /** when the newest post that is counted was found */ #newest = ""
  /** @type {import("./catch-up-line.js").Count|null} so many are new */ #known = null
  #turn = 0
  /** Writes the words again, since time passes. */ #again = () => {}

  /**
   * @param {FeedView} view
   * @param {CardMovement} cards
   */
  constructor(view, cards) {
    this.#view = view
    this.#cards = cards
    this.#mark = new ViewMark(view, ({ isNew }) => {
      if (isNew) this.#told.clear()
      this.update()
    })
    this.#mode = new ReadingMode(view, cards, this.#mark, {
      busy: (is) => this.#line.busy(is, 0),
      entered: (bar) => this.#stand(bar),
      left: () => this.#updateWithFocus(),
      seen: () => this.#markSeen(),
    })
    const unlessOpen = (/** @type {() => void} */ act) => () => { if (postIdIn(location.pathname) === null && !this.#place.hidden) act() }
    shortcuts({
      u: unlessOpen(() => this.#toFirst()),
      c: unlessOpen(() => (this.#mode.current ? this.#mode.goBack() : this.#mode.enter("time"))),
      m: unlessOpen(() => this.#markSeen()),
    })
    setInterval(() => this.#again(), rewriteMs)
  }

  /**
   * Brings everything up to what stands on the page.
   * @param {boolean} [taken] the reader has just asked for the news, and need not be told
   */
  async update(taken = false) {
    const { feed } = this.#view
    if (!feed?.loadedAt) return this.#hide()
    if (await this.#mode.sync()) return this.#whileReading()
    const mark = this.#mark.now
    if (mark) this.#mark.isAt(feed, this.#mode.unseenOf(feed))
    await this.#say(mark, taken)
  }

  #whileReading() {
    const { feed, unseen } = this.#mode.current ?? {}
    if (!feed || !unseen) return
    this.#again = () => this.#mode.current?.draw(this.#known)
    this.#again()
    this.#mark.isAt(feed, unseen)
  }

  /**
   * @param {Mark|null} mark
   * @param {boolean} taken
   */
  async #say(mark, taken) {
    const turn = ++this.#turn
    const { feed, filters, items } = this.#view
    const { key, inOrder } = this.#mark
    const isFirst = !this.#told.has(key) && !taken
    this.#told.add(key)
    if (!mark || !feed) return this.#hide()
    const newest = (inOrder ? items[0] : await newestAfter(filters, mark))?.discovered_at ?? ""
    if (turn !== this.#turn) return
    const here = inOrder ? items.filter((post) => isUnseen(mark, post)).length : 0
    const isWhole = inOrder && reaches(feed, mark)
    if (newest <= mark.until || (isWhole && here === 0)) return this.#nothing(mark)
    this.#newest = newest
    this.#known = null
    if (!isWhole) this.#draw(null, mark)
    const counted = isWhole ? null : await countAfter(filters, mark, newest, items)
    if (turn !== this.#turn) return
    if (counted?.isExact && counted.count === 0) return this.#nothing(mark)
    const known = { count: Math.max(here, counted?.count ?? 0), isExact: isWhole || counted?.isExact === true }
    this.#known = known
    this.#draw(known, mark)
    if (isFirst) announce(`${newWords(known)} since ${sinceNode(mark.until).textContent}`)
  }

  /**
   * @param {import("./catch-up-line.js").Count|null} known
   * @param {Mark} mark
   */
  #draw(known, mark) {
    const { inOrder } = this.#mark
    this.#again = () => {
      this.#line.show(known, mark.until, inOrder)
      setDivider(this.#view, inOrder ? mark.until : null, () => element("span", {}, "Seen until ", sinceNode(mark.until)))
    }
    this.#stand(this.#line.root)
    this.#again()
  }

  /** @param {Mark} mark */
  #nothing(mark) {
    const { moved } = this.#mark
    if (!moved) return this.#hide()
    this.#again = () => this.#line.showSeen(mark.until, moved.isKept)
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

  /**
   * What is being read stays where it is.
   * @param {Node|null} node
   */
  #stand(node) {
    if (node === null ? this.#place.hidden : !this.#place.hidden && this.#place.firstChild === node) return
    const { place } = this.#view
    this.#place.replaceChildren(...(node ? [node] : []))
    this.#place.hidden = node === null
    returnTo(place, this.#view.list.row(place.anchor))
  }

  /** To the oldest post that was not seen, however far down it is. */
  async #toFirst() {
    const mark = this.#mark.now
    const { feed } = this.#view
    if (this.#mode.current) return void this.#cards.focus(this.#mode.current.unseen.items[0]?.status_id)
    if (!feed || !mark) return
    if (!this.#mark.inOrder) return void this.#mode.enter("time")
    this.#line.busy(true, 1)
    for (let pages = 0; pages < pagesToReachMark && feed.more && !reaches(feed, mark); pages++) {
      await this.#view.loadOlder().catch(() => { pages = pagesToReachMark })
    }
    this.#line.busy(false, 1)
    const first = feed.items.findLast((post) => isUnseen(mark, post))
    if (this.#view.feed !== feed || !first) return
    this.#cards.focus(first.status_id)
    this.#view.list.card(first.status_id)?.scrollIntoView({ block: "center" })
    announce(reaches(feed, mark) ? "First unseen post" : "There are unseen posts further down. The key u goes on.")
  }

  async #markSeen() {
    const reading = this.#mode.current
    if (!this.#mark.moveTo(reading ? reading.unseen.posts.at(-1)?.discovered_at : this.#newest)) return
    announce("Marked as seen")
    if (reading) return this.#mode.goBack()
    await this.#updateWithFocus()
  }

  async #undo() {
    if (!this.#mark.moveBack()) return
    announce("The mark is where it was")
    await this.update()
    this.#line.focus()
  }

  /** What had the focus is gone. */
  async #updateWithFocus() {
    await this.update()
    if (document.activeElement === document.body) this.#line.focus()
  }
}
