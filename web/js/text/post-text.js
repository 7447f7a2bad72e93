import { element } from "../page/dom.js"
import { searchHref } from "../address/hrefs.js"
import { safeURL } from "./safe-url.js"
import { tokens } from "./tokens.js"

/** A post's text as nodes: links go out, @, # and $ search the feed. @param {string|null} text @returns {Node[]} */
export function postText(text) {
  return tokens(text ?? "").map((token) => {
    if (token.kind === "text") return document.createTextNode(token.text)
    if (token.kind !== "link") return element("a", { href: searchHref(token.text) }, token.text)
    const href = safeURL(token.text)
    return href ? outLink(href, token.text) : document.createTextNode(token.text)
  })
}

/** @param {string} href @param {string} text */
const outLink = (href, text) =>
  element("a", { href, target: "_blank", rel: "noopener noreferrer", title: href }, text.replace(/^https?:\/\/(www\.)?/u, ""))
