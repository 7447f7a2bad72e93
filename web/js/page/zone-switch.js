import { toSearch, withChange } from "../address/filters.js"
import { byId } from "../lib/dom.js"
import { readerZone } from "../lib/time/format.js"

/**
 * The reader's zone or UTC; part of the address, so a shared view keeps it.
 * @param {{now: () => Filters, go: (href: string, options: {replace: boolean}) => void}} address
 */
export function zoneSwitch({ now, go }) {
  const button = byId("zone")
  button.addEventListener("click", () => {
    const search = toSearch(withChange(now(), { tz: now().tz ? "" : "UTC" }))
    go(location.pathname + search, { replace: true })
  })
  return (/** @type {Filters} */ filters) => {
    button.ariaPressed = String(filters.tz === "UTC")
    button.title = filters.tz ? `Times are in ${filters.tz}. Switch to ${readerZone}` : `Times are in ${readerZone}. Switch to UTC`
  }
}
