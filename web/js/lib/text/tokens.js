/** @typedef {{kind: "text"|"link"|"mention"|"tag"|"cash", text: string}} Token */

/* A link ends at a space, a quote, or a mark that nobody sees: those are there to deceive. */
const pattern = new RegExp(
  [
    String.raw`(?<link>[Hh]ttps?:\/\/[^\s<>"“”\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+)`,
    String.raw`(?<![\p{L}\p{N}_@/])(?<mention>@[A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@])`,
    String.raw`(?<![\p{L}\p{N}_&/])(?<tag>#(?=[\p{N}_]{0,100}\p{L})[\p{L}\p{M}\p{N}_]{1,100})`,
    String.raw`(?<![\p{L}\p{N}_$])(?<cash>\$[A-Za-z]{1,6})(?![\p{L}\p{N}_])`,
  ].join("|"),
  "gu",
)

/**
 * Splits a post's text, piece by piece, as far as it is asked to. Joined again, the tokens are the text.
 * @param {string} text
 * @returns {Generator<Token, void, void>}
 */
export function* tokens(text) {
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const [kind, raw] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? ["text", match[0]]
    const piece = kind === "link" ? trimLink(raw) : raw
    const start = /** @type {number} */ (match.index)
    if (start > end) yield { kind: "text", text: text.slice(end, start) }
    yield { kind: /** @type {Token["kind"]} */ (kind), text: piece }
    end = start + piece.length
  }
  if (end < text.length) yield { kind: "text", text: text.slice(end) }
}

const stops = ".,:;!?'…"

/**
 * A full stop or a bracket after a link belongs to the sentence, unless the bracket was opened inside the link. One pass.
 * @param {string} link
 */
function trimLink(link) {
  let open = count(link, "(") - count(link, ")")
  let end = link.length
  for (; end > 0; end--) {
    const last = link[end - 1]
    if (last === ")" && open < 0) open++
    else if (!stops.includes(last)) break
  }
  return link.slice(0, end)
}

/**
 * @param {string} text
 * @param {string} char
 */
const count = (text, char) => text.split(char).length - 1
