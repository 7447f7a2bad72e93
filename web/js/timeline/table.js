import { element } from "../lib/dom.js"
import { exact } from "../lib/number.js"
import { bucketName, countIn } from "./bucket-words.js"

/**
 * The bars as numbers, the newest first; buckets without posts are left out, and that is said.
 * @param {Timeline} timeline
 * @param {import("./parts-of-bars.js").BarPart[]} parts
 * @returns {HTMLElement}
 */
export function timelineTable({ buckets, bucket: size }, parts) {
  const filled = buckets.filter(({ total }) => total > 0).toReversed()
  const head = [{ hour: "Hour", day: "Day", week: "Week", month: "Month" }[size], ...parts.map(({ name }) => name), "All"]
  return element("table", {},
    element("caption", { class: "visually-hidden" },
      `Posts per ${size}, the newest first, in all and by ${parts[0].key.startsWith("@") ? "account" : "tier"}. `
        + "Where nothing was found, there is no row."),
    element("thead", {}, element("tr", {}, ...head.map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...filled.map((bucket) => element("tr", {},
      element("th", { scope: "row" }, bucketName(bucket, size)),
      ...parts.map(({ key }) => element("td", {}, exact(countIn(bucket, key)))),
      element("td", {}, exact(bucket.total))))),
  )
}
