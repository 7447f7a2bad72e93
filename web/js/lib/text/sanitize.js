/** No script piles more marks on one letter. */
const piles = /(\p{M}{6})\p{M}+/gu

/**
 * Drops marks piled on one letter: thousands of them would stop the page.
 * @param {string} text
 */
export const calm = (text) => text.replace(piles, "$1")

/** @type {Record<string, string>} what X writes for these three letters, in every text that it gives */
const meant = { "&amp;": "&", "&lt;": "<", "&gt;": ">" }

/**
 * A captured text as it was meant. Decoded once: `&amp;lt;` is `&lt;`.
 * @param {string|null|undefined} text
 */
export const plain = (text) => (text ?? "").replace(/&(?:amp|lt|gt);/gu, (entity) => meant[entity])

/**
 * A text on one line, cut to a length: without control characters, piled-up marks and marks of direction.
 * @param {string|null|undefined} text
 * @param {number} maxLetters
 */
export function oneLine(text, maxLetters) {
  const line = calm((text ?? "").slice(0, 4 * maxLetters))
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ")
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim()
  const letters = [...line]
  return letters.length > maxLetters ? `${letters.slice(0, maxLetters).join("")}…` : line
}

const maxLabelLetters = 60

/**
 * Stored addresses come from elsewhere: only http and https may become a link.
 * @param {string|null|undefined} address
 */
export function safeURL(address) {
  try {
    const url = new URL(address ?? "")
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null
  } catch {
    return null
  }
}

/**
 * What a link says: the address as it was written, short, and always with the host that it really leads to.
 * @param {string} href what it leads to
 * @param {string} text as it was written
 */
export function linkLabel(href, text) {
  const { host } = new URL(href)
  const bare = text.replace(/^https?:\/\/(www\.)?/iu, "")
  const written = bare.split(/[/?#\\]/u, 1)[0].toLowerCase()
  const honest = written === host.replace(/^www\./u, "") ? bare : host
  return honest.length > maxLabelLetters ? `${honest.slice(0, maxLabelLetters - 1)}…` : honest
}
