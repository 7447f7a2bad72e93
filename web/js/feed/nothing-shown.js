import { base } from "../../config.js"
import { signInLink } from "../access/sign-in.js"
import { reader } from "../access/reader.js"
import { isNarrow } from "../address/filters.js"
import { feedHref } from "../address/hrefs.js"
import { withoutParameter } from "../address/query.js"
import { countDown } from "../lib/count-down.js"
import { element, within } from "../lib/dom.js"
import { statePanel } from "../lib/state-panel.js"
import { offerWays } from "./ways-on.js"

/** @param {Filters} filters */
export function emptyState(filters) {
  if (!isNarrow(filters)) return statePanel({
    title: "No posts yet",
    text: "Nothing has been collected so far. As soon as a collector delivers, posts stand here.",
  })
  const panel = statePanel({ title: "No posts match", text: "No post fits all filters at once." })
  offerWays(panel, filters)
  return panel
}

/**
 * @param {import("../api/problem.js").Problem} problem
 * @param {Filters} filters
 * @param {() => void} retry
 */
export function errorState(problem, filters, retry) {
  const culprit = problem.status === 400 ? problem.parameter : null
  const again = problem.asksToReload ? { label: "Reload", run: () => location.reload() } : { label: "Try again", run: retry }
  const panel = statePanel({
    kind: "error",
    title: culprit ? `The filter “${culprit}” was refused` : "Posts could not be loaded",
    text: [culprit ? "" : `${problem.title}.`, problem.detail].filter(Boolean).join(" "),
    small: problem.requestNote,
    actions: culprit
      ? [
        { label: `Remove “${culprit}”`, href: feedHref(withoutParameter(culprit, filters)) },
        { label: "Show all posts", href: `${base}/` },
      ]
      : [again],
  })
  if (problem.status === 401 && reader.me?.can_sign_in) within(panel, ".state-actions").prepend(signInLink("button primary"))
  if (problem.retryAfter > 0) {
    const line = element("p", { class: "state-text", role: "timer" })
    within(panel, ".state-text").after(line)
    countDown(line, problem.retryAfter, retry)
  }
  return panel
}
