import { returnTo } from "../feed/place.js"
import { element, icon } from "../lib/dom.js"
import { mark } from "../lib/mark.js"
import { counted } from "../lib/number.js"
import { store } from "../lib/store.js"
import { clock, dayKey, exactTime, shortTime, yearOf, zone } from "../lib/time/format.js"

const dayMs = 86_400_000

/** @typedef {{count: number, isExact: boolean}} Count */

/**
 * @param {Count|null} known null while it is not known
 * @returns {string} "42 new", "At least 42 new"
 */
export function newWords(known) {
  if (known === null || known.count === 0) return "New"
  return `${known.isExact ? "" : "At least "}${counted(known.count, "new", "new")}`
}

/**
 * @param {string} until
 * @returns {HTMLElement} the moment of a mark
 */
export const sinceNode = (until) =>
  element("time", { datetime: until, title: `Up to what was found at ${exactTime(new Date(until))}, all was seen` },
    sinceWords(new Date(until), new Date()))

/**
 * @param {string} words
 * @param {string} key that does the same
 * @param {() => void} act
 * @param {{sign?: Node, look?: string}} how
 */
export function action(words, key, act, { sign, look = "" } = {}) {
  const hasKey = store.get("keys") !== "off"
  const button = element("button", { class: `button ${look}`, type: "button", ...(hasKey ? { "aria-keyshortcuts": key } : {}) },
    ...(sign ? [sign] : []), words, ...(hasKey ? [element("kbd", { "aria-hidden": "true" }, key)] : []))
  button.addEventListener("click", act)
  return button
}

/** The line above the posts that says how many are new, with what can be done about it. */
export class CatchUpLine {
  #words = element("p", { class: "catch-up-words" })
  #acts = element("div", { class: "catch-up-acts" })
  root = element("div", { class: "catch-up-line" }, this.#words, this.#acts)
  #news
  #undo

  /** @param {{catchUp: () => void, first: () => void, seen: () => void, undo: () => void}} acts */
  constructor(acts) {
    this.#news = [
      action("Catch up", "c", acts.catchUp, { look: "primary" }),
      action("First unseen", "u", acts.first, { sign: mark("down") }),
      action("Mark as seen", "m", acts.seen, { sign: icon("check") }),
    ]
    this.#undo = element("button", { class: "button", type: "button" }, "Undo")
    this.#undo.addEventListener("click", acts.undo)
  }

  /**
   * @param {Count|null} known
   * @param {string} until
   * @param {boolean} inOrder is the first unseen post to be found by going down?
   */
  show(known, until, inOrder) {
    this.root.classList.remove("is-done")
    this.#words.replaceChildren(element("b", {}, newWords(known)), " since ", sinceNode(until))
    this.#news[1].hidden = !inOrder
    if (!this.#news[0].isConnected || this.#undo.isConnected) this.#acts.replaceChildren(...this.#news)
  }

  /**
   * @param {string} until
   * @param {boolean} isKept
   */
  showSeen(until, isKept) {
    this.root.classList.add("is-done")
    this.#words.replaceChildren(
      icon("check"),
      element("span", {}, "Seen up to ", sinceNode(until), isKept ? "" : ". This browser does not keep it after this visit."),
    )
    if (!this.#undo.isConnected) this.#acts.replaceChildren(this.#undo)
  }

  /**
   * @param {boolean} is
   * @param {0|1} which button is at work
   */
  busy(is, which) {
    this.#news[which].ariaDisabled = String(is)
  }

  focus() { (this.#undo.isConnected ? this.#undo : this.#news[0]).focus({ preventScroll: true }) }
}

/**
 * @param {Date} date
 * @param {Date} now
 * @returns {string} as one says it: "18:10", "yesterday 18:10", "Monday 18:10", "22 Feb, 18:10", "22 Feb 2025, 18:10"
 */
export function sinceWords(date, now) {
  const key = dayKey(date)
  if (key === dayKey(now)) return clock(date)
  if (key === dayKey(new Date(now.getTime() - dayMs))) return `yesterday ${clock(date)}`
  const isNear = date < now && key > dayKey(new Date(now.getTime() - 7 * dayMs))
  if (isNear) return `${new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: zone() }).format(date)} ${clock(date)}`
  return shortTime(date, yearOf(now))
}

/**
 * The line in the feed below which everything was seen. What is being read stays where it is.
 * @param {FeedView} view
 * @param {string|null} until null for no line
 * @param {() => Node} [words]
 */
export function setDivider(view, until, words = () => element("span")) {
  const { place } = view
  const first = until === null ? null : view.items.find(({ discovered_at: at }) => at <= until)
  const row = first === view.items[0] ? null : view.list.row(first?.status_id)
  const before = document.querySelector("#posts .seen-until")
  if (before && row && before.nextElementSibling === row) return before.replaceChildren(words())
  before?.remove()
  row?.before(element("li", { class: "seen-until" }, words()))
  returnTo(place, view.list.row(place.anchor))
}
