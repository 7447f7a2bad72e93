import { sign } from "../card/numbers.js"
import { element, icon } from "../lib/dom.js"
import { mark } from "../lib/mark.js"

const hidden = (/** @type {string} */ words) => element("span", { class: "visually-hidden" }, words)
const square = { class: "button quiet square", type: "button" }

/** The bar above a post and the room for it. */
export const drawerLayout = () => [
  element("div", { class: "drawer-bar" },
    element("button", { class: "button quiet drawer-close", type: "button", "data-close": "" },
      icon("close"),
      mark("back"),
      element("span", { class: "narrow-only" }, "Feed"),
      hidden("Close the post")),
    element("p", { class: "drawer-place" }),
    element("button", { ...square, "data-step": "-1" }, mark("up"), hidden("Newer post")),
    element("button", { ...square, "data-step": "1" }, mark("down"), hidden("Older post"))),
  element("div", { class: "drawer-body" }, element("div", { class: "skeleton", "aria-hidden": "true" }, element("i"), element("i"))),
]

/** Everything about one post, still empty. */
export const detailLayout = () =>
  element("article", { class: "detail" },
    element("header", { class: "detail-head" },
      element("span", { class: "avatar", "aria-hidden": "true" }),
      element("h2", { id: "drawer-title", tabindex: "-1" }, hidden("Post by "), element("span", { class: "author", dir: "auto" })),
      element("p", { class: "detail-by" },
        element("a", { class: "handle" }), element("span", { class: "badge tier" }, icon("none"), element("span")))),
    element("p", { class: "post-text", dir: "auto" }),
    element("p", { class: "detail-actions" },
      element("a", { class: "button primary outlink", target: "_blank", rel: "noopener noreferrer" },
        "Open on X",
        mark("out"),
        hidden(" (new tab)")),
      element("button", { class: "button", type: "button", "data-copy": "" }, mark("link"), element("span", {}, "Copy link"))),
    element("dl", { class: "facts" }),
    element("section", { class: "history" },
      element("header", {},
        element("h3", {}, "Numbers over time"),
        element("button", { class: "button quiet", type: "button", "data-log": "", "aria-pressed": "false", hidden: "" }, "Log scale")),
      element("div", { class: "tiles" }),
      element("figure", { class: "chart-box" },
        element("div",
          { class: "chart", role: "slider", tabindex: "0", "aria-label": "Observations, one after another", "aria-valuenow": "0" }),
        element("p", { class: "chart-reading" }, "\u00a0"),
        element("ul", { class: "chart-kinds", role: "list" })),
      element("p", { class: "history-span" }),
      folded("observations", "All observations",
        element("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Observations" }, element("table")))),
    element("section", { class: "earlier", hidden: "" }, element("h3"), element("ol", { role: "list" })),
    element("section", { class: "provenance" }, element("h3", {}, "Provenance"), element("p", { class: "provenance-sentence" }, "…"),
      folded("batches", "Which batch set what", element("dl", { class: "origins" }))))

/**
 * A counter: what it is, where it stands, what it gained.
 * @param {typeof import("../card/numbers.js").metrics[number]} metric
 * @param {boolean} isSwitch
 */
export const tileLayout = (metric, isSwitch) =>
  element(isSwitch ? "button" : "div", { class: `tile of-${metric}`, ...(isSwitch ? { type: "button" } : {}) },
    element("span", { class: "tile-head" }, sign(metric), element("span", { class: "tile-name" }, metric)),
    element("b", { class: "tile-now" }), element("span", { class: "tile-gain" }))

/**
 * @param {string} look
 * @param {string} title
 * @param {Node} content
 */
const folded = (look, title, content) => element("details", { class: `folded ${look}` }, element("summary", {}, title), content)
