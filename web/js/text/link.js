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
