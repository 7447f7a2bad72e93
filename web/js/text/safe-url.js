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
