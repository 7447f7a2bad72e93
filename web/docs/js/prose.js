import { element } from "../../js/lib/dom.js"

/**
 * The little Markdown that descriptions have: paragraphs, `code` and **strong**. Anything else stays text.
 * @param {string} text
 * @returns {Node[]}
 */
export const prose = (text) =>
  text.split(/\n\s*\n/).filter((part) => part.trim()).map((part) => element("p", {}, ...words(part.replace(/\s+/g, " ").trim())))

/**
 * @param {string} text
 * @returns {(Node|string)[]} the same within one line
 */
export function words(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter(Boolean).map((part) => {
    if (part.length > 2 && part.startsWith("`")) return element("code", {}, part.slice(1, -1))
    if (part.length > 4 && part.startsWith("**")) return element("b", {}, part.slice(2, -2))
    return part
  })
}
