import { Problem } from "../api/problem.js"
import { ahead } from "../page/ahead.js"
import { style } from "../page/style.js"

/** @type {Promise<typeof import("./detail.js")>|null} */
let parts = null

/** What a post is drawn with, fetched when it is first needed; asked again after a failure. */
export function detailParts() {
  parts ??= Promise.all([import("./detail.js"), style("/css/detail.css"), style("/css/chart.css"), style("/css/table.css")]).then(
    ([module]) => module,
    (error) => {
      parts = null
      throw Problem.unreachable(error)
    },
  )
  return parts
}

/** Fetches them as soon as somebody points at a post or moves to one. @param {HTMLElement} posts */
export const detailPartsAhead = (posts) => ahead(posts, () => { detailParts().catch(() => {}) })
