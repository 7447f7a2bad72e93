import { searchHref } from "../address/hrefs.js"
import { element, within } from "../lib/dom.js"
import { linkLabel, safeURL } from "../lib/text/sanitize.js"
import { tokens } from "../lib/text/tokens.js"

/** @typedef {import("../lib/text/tokens.js").Token} Token */

/** So much is shown of a text that is folded, and only a text that is clearly longer is folded. */
const foldedTo = { chars: 420, lines: 8 }
const unfoldedSlack = { chars: 80, lines: 2 }

/**
 * A post's text as nodes: links go out, @, # and $ search the feed.
 * @param {string} text
 */
export const postText = (text) => Array.from(tokens(text), node)

/**
 * The same, but a long text begins folded and unfolds where it stands.
 * @param {string} text
 * @param {boolean} [open]
 */
export function foldedText(text, open = false) {
  if (!isLong(text)) return postText(text)
  const button = element("button", { class: "more", type: "button", "aria-expanded": String(open) }, open ? "Less" : "More")
  button.addEventListener("click", () => {
    const place = /** @type {HTMLElement} */ (button.parentElement)
    place.replaceChildren(...foldedText(text, !open))
    within(place, ".more").focus({ preventScroll: true })
    if (open) place.closest(".post")?.scrollIntoView({ block: "nearest" })
  })
  if (open) return [...postText(text), document.createTextNode(" "), button]
  return [...head(text).map(node), document.createTextNode("… "), button]
}

/** @param {Token} token */
function node({ kind, text }) {
  if (kind === "text") return document.createTextNode(text)
  if (kind !== "link") return element("a", { href: searchHref(text), dir: "auto" }, text)
  const href = safeURL(text)
  if (!href) return document.createTextNode(text)
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", title: href, dir: "ltr" }, linkLabel(href, text))
}

/** @param {string} text */
function isLong(text) {
  const maxLines = foldedTo.lines + unfoldedSlack.lines
  return text.length > foldedTo.chars + unfoldedSlack.chars || text.split("\n", maxLines + 1).length > maxLines
}

/**
 * The beginning of a text; links, tags and words stay whole, and no more of it is looked at.
 * @param {string} text
 */
function head(text) {
  /** @type {Token[]} */
  const kept = []
  let left = endOfLines(text)
  for (const token of tokens(text)) {
    if (token.text.length <= left || (kept.length === 0 && token.kind === "link")) kept.push(token)
    else if (token.kind === "text") kept.push({ kind: "text", text: cut(token.text, left) })
    left -= token.text.length
    if (left <= 0) break
  }
  return kept
}

/** @param {string} text */
function endOfLines(text) {
  let end = -1
  for (let line = 0; line < foldedTo.lines; line++) {
    end = text.indexOf("\n", end + 1)
    if (end < 0 || end > foldedTo.chars) return foldedTo.chars
  }
  return end
}

/**
 * At a space if there is one near, otherwise between two letters as people see them.
 * @param {string} text
 * @param {number} at
 */
function cut(text, at) {
  const piece = text.slice(0, at)
  const space = piece.search(/\s\S*$/u)
  if (space > at / 2 || /\s/u.test(text[at])) return piece.slice(0, /\s/u.test(text[at]) ? at : space)
  const last = [...new Intl.Segmenter("en").segment(piece)].at(-1)?.index ?? 0
  return piece.slice(0, last || at)
}
