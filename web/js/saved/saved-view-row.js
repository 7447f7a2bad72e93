import { base } from "../../config.js"
import { filtersInWords } from "../address/filters-in-words.js"
import { sortOf } from "../address/filters.js"
import { parseSearch } from "../address/parse.js"
import { copyLink } from "../lib/copy-link.js"
import { element, icon } from "../lib/dom.js"
import { mark } from "../lib/mark.js"
import { oneLine } from "../lib/text/sanitize.js"
import { longestName } from "./saved-views.js"

/**
 * One saved view, with everything that can be done with it.
 * @param {import("./saved-views.js").SavedView} view
 * @param {{isHome: boolean, isFirst: boolean, isLast: boolean}} state
 * @param {{rename: (name: string) => string, move: (by: 1|-1) => void, home: () => void, remove: () => void}} acts `rename` gives the name
 * that holds
 */
export function viewRow({ name, search }, { isHome, isFirst, isLast }, acts) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "text", maxlength: String(longestName), dir: "auto" }))
  const up = button(mark("up"), { "data-move": "-1", ...(isFirst ? { disabled: "" } : {}) }, () => acts.move(-1))
  const down = button(mark("down"), { "data-move": "1", ...(isLast ? { disabled: "" } : {}) }, () => acts.move(1))
  const home = button(mark("home"), { "data-home": "", "aria-pressed": String(isHome) }, acts.home)
  const copy = button(mark("link"), {})
  const remove = button(icon("close"), {}, acts.remove)
  copyLink(copy, () => new URL(`${base}/${search}`, location.origin).href)

  const setName = (/** @type {string} */ now) => {
    box.value = now
    box.ariaLabel = `Name of “${now}”`
    say(up, `Move “${now}” up`)
    say(down, `Move “${now}” down`)
    say(home, `“${now}” opens at the start`)
    say(copy, `Copy the link to “${now}”`)
    say(remove, `Remove “${now}”`)
  }
  box.addEventListener("change", () => setName(acts.rename(oneLine(box.value, longestName))))
  setName(name)
  return element("li", { class: "saved-row" },
    box,
    element("span", { class: "saved-acts" }, up, down, home, copy, remove),
    element("p", { class: "saved-note", dir: "auto" }, inWords(search)))
}

/**
 * @param {Node} sign
 * @param {Record<string, string>} more
 * @param {() => void} [act]
 */
function button(sign, more, act) {
  const node = element("button", { class: "button quiet square", type: "button", ...more },
    sign,
    element("span", { class: "visually-hidden" }))
  if (act) node.addEventListener("click", act)
  return node
}

/**
 * @param {HTMLElement} node
 * @param {string} words
 */
function say(node, words) {
  const label = /** @type {HTMLElement} */ (node.lastElementChild)
  node.title = words
  label.textContent = words
}

/**
 * @param {string} search of a view
 * @returns {string} "Teammate · Last 24 hours · most liked first"
 */
export function inWords(search) {
  const { filters } = parseSearch(search)
  const words = filtersInWords(filters).map(({ label }) => label)
  return [...words, ...(filters.sort ? [sortOf(filters.sort).order] : []), ...(filters.tz ? [`Times in ${filters.tz}`] : [])].join(" · ")
}
