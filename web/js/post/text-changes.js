/** @typedef {{kind: "kept"|"gone"|"new", text: string}} Piece */

const maxComparedWords = 1200

/**
 * How one text became another, word by word: the kept and gone pieces joined are `before`, the kept and new ones `after`.
 * @param {string} before
 * @param {string} after
 * @returns {Piece[]}
 */
export function textChanges(before, after) {
  const [a, b] = [words(before), words(after)]
  if (a.length > maxComparedWords || b.length > maxComparedWords) return [{ kind: "gone", text: before }, { kind: "new", text: after }]
  const common = commonLengths(a, b)
  /** @type {Piece[]} */
  const pieces = []
  const add = (/** @type {Piece["kind"]} */ kind, /** @type {string} */ text) => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) { add("kept", a[i]); i++; j++ }
    else if (common[i + 1][j] >= common[i][j + 1]) add("gone", a[i++])
    else add("new", b[j++])
  }
  while (i < a.length) add("gone", a[i++])
  while (j < b.length) add("new", b[j++])
  return pieces
}

const words = (/** @type {string} */ text) => text.match(/\s+|[^\s]+/gu) ?? []

/**
 * For each pair of tails, how many words they have in common at most.
 * @param {string[]} a
 * @param {string[]} b
 */
function commonLengths(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(
      table[i + 1][j],
      table[i][j + 1],
    )
  }
  return table
}
