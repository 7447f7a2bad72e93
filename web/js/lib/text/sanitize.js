/** No script piles more marks on one letter. */
const piles = /(\p{M}{6})\p{M}+/gu

/** Takes away the marks that are piled up only to cover what stands around; drawing thousands of them would stop the page. @param {string} text @returns {string} */
export const calm = (text) => text.replace(piles, "$1")

/**
 * A text on one line, and no longer than it may be: without line breaks, control characters, piled-up marks and the marks that turn the
 * direction of what follows.
 * @param {string|null|undefined} text @param {number} most letters @returns {string}
 */
export function oneLine(text, most) {
  const line = calm((text ?? "").slice(0, 4 * most)).replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").replace(/[\u202a-\u202e\u2066-\u2069]/gu, "").trim()
  const letters = [...line]
  return letters.length > most ? `${letters.slice(0, most).join("")}…` : line
}

const most = 60

/**
 * Stored addresses come from elsewhere: only http and https may become a link.
 * @param {string|null|undefined} address @returns {string|null}
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
 * @param {string} href what it leads to @param {string} text as it was written @returns {string}
 */
export function linkLabel(href, text) {
  const { host } = new URL(href)
  const bare = text.replace(/^https?:\/\/(www\.)?/iu, "")
  const written = bare.split(/[/?#\\]/u, 1)[0].toLowerCase()
  const honest = written === host.replace(/^www\./u, "") ? bare : host
  return honest.length > most ? `${honest.slice(0, most - 1)}…` : honest
}
