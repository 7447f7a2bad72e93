import { tierNames } from "../address/filters.js"
import { element } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { bucketName, tiers } from "./bucket-words.js"

/**
 * The bars as numbers, the newest first; buckets without posts are left out, and that is said.
 * @param {Timeline} timeline
 * @returns {HTMLElement}
 */
export function timelineTable({ buckets, bucket: size }) {
  const filled = buckets.filter(({ total }) => total > 0).toReversed()
  const head = [{ hour: "Hour", day: "Day", week: "Week" }[size], ...tiers.map((tier) => tierNames[tier]), "All"]
  return element("table", {},
    element("caption", { class: "visually-hidden" },
      `Posts per ${size} and tier, the newest first. Where nothing was found, there is no row.`),
    element("thead", {}, element("tr", {}, ...head.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...filled.map((bucket) => element("tr", {},
      element("th", { scope: "row" }, bucketName(bucket, size)),
      ...tiers.map((tier) => element("td", {}, exact(bucket[tier]))),
      element("td", {}, exact(bucket.total))))),
  )
}
