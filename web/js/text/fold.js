import { tokens } from "./tokens.js"

/** @typedef {import("./tokens.js").Token} Token */

/** So much is shown of a text that is folded, and only a text that is clearly longer is folded. */
const shown = { chars: 420, lines: 8 }
const slack = { chars: 80, lines: 2 }

/** @param {string} text @returns {boolean} */
export function isLong(text) {
  return text.length > shown.chars + slack.chars || text.split("\n", shown.lines + slack.lines + 1).length > shown.lines + slack.lines
}

/** The beginning of a text; links, tags and words stay whole, and no more of it is looked at. @param {string} text @returns {Token[]} */
export function head(text) {
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
  for (let line = 0; line < shown.lines; line++) {
    end = text.indexOf("\n", end + 1)
    if (end < 0 || end > shown.chars) return shown.chars
  }
  return end
}

/** At a space if there is one near, otherwise between two letters as people see them. @param {string} text @param {number} at */
function cut(text, at) {
  const piece = text.slice(0, at)
  const space = piece.search(/\s\S*$/u)
  if (space > at / 2 || /\s/u.test(text[at])) return piece.slice(0, /\s/u.test(text[at]) ? at : space)
  const last = [...new Intl.Segmenter("en").segment(piece)].at(-1)?.index ?? 0
  return piece.slice(0, last || at)
}
