const sharedPieces = 0.8
const pieceLetters = 5
const fuzzyLetters = 30
const maxComparedLetters = 1000

/**
 * What a text says, without how it is written: no links, no mentions in front, no case, no spaces and marks.
 * @param {string|null} text
 */
export function gist(text) {
  return (text ?? "").slice(0, maxComparedLetters).normalize("NFKC").toLowerCase()
    .replace(/https?:\/\/\S+/gu, " ")
    .replace(/^\s*(?:rt\s+)?(?:@\w+[\s:,]*)+/u, "")
    .replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+/gu, " ")
    .trim()
}

/**
 * Texts with other numbers say something else, however few letters differ: another version, another price.
 * @param {string} text
 */
const numbers = (text) => (text.match(/\p{N}+/gu) ?? []).join(" ")

/**
 * @param {string} text
 * @returns {Set<string>} all its pieces of five letters
 */
function pieces(text) {
  const letters = [...text]
  const count = Math.max(0, letters.length - pieceLetters + 1)
  return new Set(Array.from({ length: count }, (_, at) => letters.slice(at, at + pieceLetters).join("")))
}

/**
 * Puts each post to the first one that says the same or nearly so: four fifths of the pieces of both texts are in both. A short text has to
 * be the very same; a post that says nothing is like no other.
 * @param {FeedItem[]} posts
 * @returns {FeedItem[][]} the first of each kind with those like it, in the order of the posts
 */
export function alike(posts) {
  /** @type {Array<{posts: FeedItem[], size: number, numbers: string}>} */
  const kinds = []
  /** @type {Map<string, number>} */ const same = new Map()
  /** @type {Map<string, number[]>} */ const having = new Map()
  for (const post of posts) {
    const text = gist(post.body_text)
    const found = pieces(text)
    const isLong = text.length >= fuzzyLetters
    const kind = text === "" ? undefined : (same.get(text) ?? (isLong ? nearest(found, numbers(text), kinds, having) : undefined))
    if (kind !== undefined) {
      kinds[kind].posts.push(post)
      continue
    }
    if (text !== "") same.set(text, kinds.length)
    if (isLong) for (const piece of found) having.set(piece, having.get(piece) ?? []).get(piece)?.push(kinds.length)
    kinds.push({ posts: [post], size: found.size, numbers: numbers(text) })
  }
  return kinds.map(({ posts }) => posts)
}

/**
 * @param {Set<string>} found
 * @param {string} digits
 * @param {Array<{size: number, numbers: string}>} kinds
 * @param {Map<string, number[]>} having
 */
function nearest(found, digits, kinds, having) {
  /** @type {Map<number, number>} */
  const common = new Map()
  for (const piece of found) for (const kind of having.get(piece) ?? []) common.set(kind, (common.get(kind) ?? 0) + 1)
  for (const [kind, both] of [...common].sort(([a], [b]) => a - b)) {
    if (both >= sharedPieces * (found.size + kinds[kind].size - both) && kinds[kind].numbers === digits) return kind
  }
  return undefined
}
