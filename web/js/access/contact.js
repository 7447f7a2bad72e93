import { element } from "../lib/dom.js"
import { safeURL } from "../lib/text/sanitize.js"

/**
 * Whom to ask, as the operator wrote it: an address becomes a link.
 * @param {string|null|undefined} contact
 * @returns {Node|string}
 */
export function whomToAsk(contact) {
  if (!contact) return "whoever runs this server"
  const href = /^[^\s@:/?#]+@[^\s@:/?#]+$/.test(contact) ? `mailto:${contact}` : safeURL(contact)
  return href ? element("a", { href }, contact) : contact
}
