import { base } from "../../config.js"

/**
 * Leads a link back to the view of the feed that was left last, at its place.
 * @param {HTMLAnchorElement} link
 */
export function wayBack(link) {
  try {
    const { href, view } = JSON.parse(sessionStorage.getItem("feed") ?? "")
    if (!href.startsWith(`${base}/`)) return // the feed of another archive on this host
    // The bare address may open another view.
    link.href = href === `${base}/` ? `${base}/?sort=discovered` : href
    link.addEventListener("click", () => sessionStorage.setItem("back", view))
  } catch { /* no feed was left in this tab: to its beginning */ }
}
