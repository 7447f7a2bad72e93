import { base } from "../../config.js"
import { postIdIn } from "../address/hrefs.js"
import { isZone } from "../lib/time/format.js"

/** @returns {string} the zone that the address asks for, empty for the reader's own */
export function zoneAsked() {
  const tz = new URLSearchParams(location.search).get("tz") ?? ""
  return isZone(tz) ? tz : ""
}

/**
 * Links to posts keep the zone that is in force here.
 * @param {ParentNode} root
 */
export function keepZone(root) {
  const tz = zoneAsked()
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll("a[href]"))) {
    const url = new URL(link.href)
    if (url.origin !== location.origin || !(url.pathname === `${base}/` || postIdIn(url.pathname))) continue
    if (tz) url.searchParams.set("tz", tz)
    else url.searchParams.delete("tz")
    link.href = url.pathname + url.search
  }
}
