import { base } from "../../config.js"
import { tierNames } from "../address/filters.js"
import { byId, element, icon, svg } from "../lib/dom.js"
import { store } from "../lib/store.js"
import { zone, zoneLabel } from "../lib/time/format.js"

const marks = /** @type {const} */ ([
  ["significant", "flag", "Significant", "matters; the reason stands below the text"],
  ["reported", "check", "Reported", "the team was already told"],
  ["pace", "rise", "+120/h",
    "moving: when it was last observed it gained so many views an hour, at least 100 and at least 1 % of all its views"],
  ["", "line", "Line", "how the views went, from one observation to the next, from zero; point at it for the numbers"],
  ["tier-teammate", "teammate", tierNames.teammate, "someone on our team"],
  ["tier-influencer", "influencer", tierNames.influencer, "many people listen to them"],
  ["tier-ecosystem", "ecosystem", tierNames.ecosystem, "a project close to ours"],
])

const keys = /** @type {const} */ ([
  ["j k", "next and previous post"],
  ["o Enter", "open the post"],
  ["Esc", "close, back to the same place"],
  ["v", "open the post on X"],
  ["y", "copy the link of the post"],
  [".", "show the new posts, or look for some"],
  ["u", "the first post that was not seen"],
  ["c", "catch up: only what was not seen, and back"],
  ["m", "mark all as seen"],
  ["g h", "go to all posts"],
  ["g o", "go to the overview"],
  ["/", "search"],
  ["?", "this sheet"],
])

/** What the marks, the keys and the times mean: a modal dialog that is written when it is first asked for. */
export function helpSheet() {
  const sheet = /** @type {HTMLDialogElement} */ (byId("help"))
  const close = element("button", { class: "button quiet square", type: "button" },
    icon("close"),
    element("span", { class: "visually-hidden" }, "Close help"))
  close.addEventListener("click", () => sheet.close())
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close() })
  const zoneName = element("b")
  sheet.append(
    element("header", { class: "sheet-bar" }, element("h2", { id: "help-title", tabindex: "-1" }, "How to read this"), close),
    element("div", { class: "sheet-body" },
      section("Marks", element("ul", { class: "legend", role: "list" }, ...marks.map(([look, sign, name, meaning]) =>
        element("li", {},
          element("span", { class: `badge ${look}` }, sign === "line" ? line() : icon(sign), name),
          element("span", {}, meaning))))),
      section("Keys", element("dl", { class: "keys" }, ...keys.map(([names, meaning]) =>
        element("div", {},
          element("dt", {}, ...names.split(" ").flatMap((name) => [element("kbd", {}, name), " "])),
          element("dd", {}, meaning)))), keySwitch()),
      section("Times and links", element("p", {},
        "Times are in ", zoneName, "; the menu of that name changes it. Point at a time for the exact one. ",
        "The page address holds all filters, so any view can be shared as a link; “last 24 hours” stays relative.")),
      section("For programs",
        element("p", {},
          "The same posts, filters and numbers are there for programs: see ", element("a", { href: `${base}/docs` }, "the API"), ".")),
    ),
  )
  return { open: () => { if (sheet.open) return; zoneName.textContent = zoneLabel(zone()); sheet.showModal(); byId("help-title").focus() } }
}

/**
 * @param {string} title
 * @param {...Node} content
 */
const section = (title, ...content) => element("section", {}, element("h3", {}, title), ...content)

const line = () => svg("svg", { class: "sparkline", viewBox: "0 0 480 140", "aria-hidden": "true" },
  svg("path", { d: "M0,105L160,90L280,25L480,0" }))

function keySwitch() {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "keys-on" }))
  box.checked = store.get("keys") !== "off"
  box.addEventListener("change", () => store.set("keys", box.checked ? null : "off"))
  return element("label", { class: "option" }, box, "Single-key shortcuts on")
}
