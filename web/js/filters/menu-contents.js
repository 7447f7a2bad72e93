import { filterWords } from "../address/filter-words.js"
import { sorts, tierNames } from "../address/filters.js"
import { choice, option } from "../lib/choices.js"
import { element, icon } from "../lib/dom.js"

const tiers = /** @type {Array<keyof typeof tierNames>} */ (Object.keys(tierNames))
const ranges = {
  "": "Any time",
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  other: "Between dates",
}

/** The panels of the menus of the filter bar, by the name of the menu. */
export const menuContents = {
  time: () => panel(
    choice("Which time", "clock", { "": "Discovered", posted_: "Posted" }, { isNamed: false }),
    options("Range",
      ...Object.entries(ranges).map(([value, name]) => option("radio", "preset", value, name)),
      element("div", { class: "dates" }, date("since", "From"), date("until", "Until, inclusive")))),
  tier: () => panel(
    options("Tier of the author", ...tiers.map((tier) => option("checkbox", "tier", tier, tierIcon(tier), tierNames[tier], count()))),
    covered(),
    options("Tiers to leave out", ...tiers.map((tier) =>
      option("checkbox", "not_tier", tier, filterWords.not_tier(tier))))),
  handle: () => panel(
    picker("handle", "Handle", "the account", "none", { placeholder: "@handle", maxlength: "65" }),
    covered(),
    adder("not_handle", "Without the handle", "the account to leave out", { placeholder: "@handle", maxlength: "65" })),
  status: () => panel(flag("significant", "Significant"), flag("reported", "Reported"), flag("has_link", "Has a link", false), covered()),
  more: () => panel(
    element("fieldset", { class: "minimums" },
      element("legend", {}, "At least"),
      ...["likes", "reposts", "replies", "views"].map(minimum),
      element("p", { class: "hint", role: "alert", hidden: "" }, "A whole number, such as 500 or 10k.")),
    adder("exclude", "Without this text", "the text to leave out", { maxlength: "200" }),
    picker("source_query", "Found by the query", "the query", "search", { maxlength: "200" }), covered()),
  sort: () => panel(options("Order of the posts", ...Object.entries(sorts).map(([sort, { name, note = "" }]) =>
    option("radio", "sort", sort === "discovered" ? "" : sort, name, element("span", { class: "option-note" }, note))))),
}

/** @param {...Node} content */
const panel = (...content) => element("div", { class: "menu-panel" }, ...content)

/**
 * @param {string} legend
 * @param {...Node} content
 */
const options = (legend, ...content) => element("fieldset", {}, element("legend", { class: "visually-hidden" }, legend), ...content)

/**
 * @param {string} name
 * @param {string} title
 */
const date = (name, title) => element("label", {}, title, element("input", { type: "date", name }))

/**
 * @param {string} name
 * @param {string} title
 */
const flag = (name, title, isCounted = true) => choice(title, name, { "": "Any", true: "Yes", false: "No" }, { isCounted })

/** @param {string} metric */
const minimum = (metric) => element("label", {},
  element("input", { type: "text", inputmode: "numeric", name: `min_${metric}`, placeholder: "0", maxlength: "16" }), metric)

/** @param {string} tier */
function tierIcon(tier) {
  const node = icon(tier)
  node.classList.add(`tier-${tier}`)
  return node
}

/** How many posts a choice would leave, once that is known. */
const count = () => element("span", { class: "count" })

/** How far back they were counted, where that is not to the end. */
const covered = () => element("p", { class: "hint covered", hidden: "" })

/**
 * A box with a list of what fits.
 * @param {string} name
 * @param {string} title
 * @param {string} what
 * @param {string} sign of a value without one of its own
 * @param {Record<string, string>} box
 */
function picker(name, title, what, sign, box) {
  const list = `values-of-${name}`
  return element("div", { class: "picker", "data-pick": name, "data-sign": sign },
    adder(name, title, what, { ...box, role: "combobox", "aria-autocomplete": "list", "aria-controls": list, "aria-expanded": "false" }),
    element("ul", { role: "listbox", id: list, "aria-label": title, "aria-multiselectable": "true", hidden: "" }))
}

/**
 * @param {string} name
 * @param {string} title
 * @param {string} what
 * @param {Record<string, string>} box
 */
const adder = (name, title, what, box) =>
  element("label", { class: "field", "data-add": name }, title, element("span", { class: "with-button" },
    element("input", { type: "text", spellcheck: "false", autocapitalize: "none", ...box }),
    element("button", { class: "button", type: "button" }, "Add", element("span", { class: "visually-hidden" }, ` ${what}`))),
    element("p", { class: "hint", role: "alert", hidden: "" }))
