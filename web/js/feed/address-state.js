import { base } from "../../config.js"
import { feedHref } from "../address/hrefs.js"
import { problemWords } from "../address/problem-words.js"
import { statePanel } from "../lib/state-panel.js"

/**
 * @param {AddressProblem[]} problems
 * @param {Filters} understood
 */
export function addressState(problems, understood) {
  return statePanel({
    kind: "error",
    title: "This address is not a view of the feed",
    text: problems.map(({ parameter, value, is }) => `“${parameter}=${value}” ${problemWords(is)}.`).join(" "),
    small: "Nothing is shown until this is fixed.",
    actions: [
      { label: problems.length === 1 ? "Remove it" : "Remove them", href: feedHref(understood) },
      { label: "Show all posts", href: `${base}/` },
    ],
  })
}
