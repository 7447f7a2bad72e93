import { everything, isNarrow } from "../address/filters.js"
import { feedHref } from "../address/hrefs.js"
import { withoutParameter } from "../address/query.js"
import { statePanel } from "../lib/state-panel.js"

/** @param {Filters} filters */
export function emptyState(filters) {
  if (!isNarrow(filters)) return statePanel({
    title: "No posts yet",
    text: "Nothing has been collected so far. As soon as a collector delivers, posts stand here.",
  })
  return statePanel({
    title: "No posts match",
    text: "Nothing that was collected fits all filters at once. Take one away, or start over.",
    actions: [{ label: "Clear all filters", href: feedHref(everything(filters)) }],
  })
}

/**
 * @param {import("../api/problem.js").Problem} problem
 * @param {Filters} filters
 * @param {() => void} retry
 */
export function errorState(problem, filters, retry) {
  const culprit = problem.status === 400 ? problem.parameter : null
  return statePanel({
    kind: "error",
    title: culprit ? `The filter “${culprit}” was refused` : "Posts could not be loaded",
    text: [culprit ? "" : `${problem.title}.`, problem.detail].filter(Boolean).join(" "),
    small: problem.requestNote,
    actions: culprit
      ? [{ label: `Remove “${culprit}”`, href: feedHref(withoutParameter(culprit, filters)) }, { label: "Show all posts", href: "/" }]
      : [{ label: "Try again", run: retry }],
  })
}
