/** @typedef {{kind: "text"|"link"|"mention"|"tag"|"cash", text: string}} Token */

const pattern = new RegExp(
  [
    String.raw`(?<link>https?:\/\/[^\s<>"“”]+)`,
    String.raw`(?<![\p{L}\p{N}_@/])(?<mention>@[A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@])`,
    String.raw`(?<![\p{L}\p{N}_&/])(?<tag>#[\p{L}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*)`,
    String.raw`(?<![\p{L}\p{N}_$])(?<cash>\$[A-Za-z]{1,6})(?![\p{L}\p{N}_])`,
  ].join("|"),
  "gu",
)

/**
 * Splits a post's text. Joined again, the tokens are the text: nothing is added, lost or rewritten.
 * @param {string} text @returns {Token[]}
 */
export function tokens(text) {
  /** @type {Token[]} */
  const found = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const [kind, raw] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? ["text", match[0]]
    const piece = kind === "link" ? trimLink(raw) : raw
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index) })
    found.push({ kind: /** @type {Token["kind"]} */ (kind), text: piece })
    end = match.index + piece.length
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) })
  return found
}

/** A full stop or a bracket after a link belongs to the sentence, unless the bracket was opened inside the link. */
function trimLink(/** @type {string} */ link) {
  let trimmed = link.replace(/[.,:;!?'…]+$/u, "")
  while (trimmed.endsWith(")") && count(trimmed, ")") > count(trimmed, "(")) trimmed = trimmed.slice(0, -1).replace(/[.,:;!?'…]+$/u, "")
  return trimmed
}

const count = (/** @type {string} */ text, /** @type {string} */ char) => text.split(char).length - 1
