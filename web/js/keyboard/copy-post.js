import { shareHref } from "../address/share-href.js"
import { byId, element } from "../lib/dom.js"

const confirmMs = 2500

/**
 * Copies the link of a post, and says so where no button could.
 * @param {string|undefined} id nothing is copied without one
 */
export async function copyPost(id) {
  if (!id) return
  const words = await navigator.clipboard.writeText(shareHref(id)).then(() => "Link copied", () => "Copying was not allowed")
  const row = element("div", {}, element("p", { class: "trouble told", role: "status" }, element("span", {}, words)))
  byId("news").before(row)
  setTimeout(() => row.remove(), confirmMs)
}
