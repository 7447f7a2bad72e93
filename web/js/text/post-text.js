import { searchHref } from "../address/hrefs.js"
import { element, within } from "../page/dom.js"
import { head, isLong } from "./fold.js"
import { linkLabel, safeURL } from "./link.js"
import { tokens } from "./tokens.js"

/** A post's text as nodes: links go out, @, # and $ search the feed. @param {string} text @returns {Node[]} */
export const postText = (text) => Array.from(tokens(text), node)

/** The same, but a long text begins folded and unfolds where it stands. @param {string} text @param {boolean} [open] @returns {Node[]} */
export function foldedText(text, open = false) {
  if (!isLong(text)) return postText(text)
  const button = element("button", { class: "more", type: "button", "aria-expanded": String(open) }, open ? "Less" : "More")
  button.addEventListener("click", () => {
    const place = /** @type {HTMLElement} */ (button.parentElement)
    place.replaceChildren(...foldedText(text, !open))
    within(place, ".more").focus({ preventScroll: true })
    if (open) place.closest(".post")?.scrollIntoView({ block: "nearest" })
  })
  return open ? [...postText(text), document.createTextNode(" "), button] : [...head(text).map(node), document.createTextNode("… "), button]
}

/** @param {import("./tokens.js").Token} token @returns {Node} */
function node({ kind, text }) {
  if (kind === "text") return document.createTextNode(text)
  if (kind !== "link") return element("a", { href: searchHref(text), dir: "auto" }, text)
  const href = safeURL(text)
  if (!href) return document.createTextNode(text)
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", title: href, dir: "ltr" }, linkLabel(href, text))
}
