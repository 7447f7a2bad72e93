import { statePanel } from "../lib/state-panel.js"

/**
 * @param {import("../api/problem.js").Problem} problem
 * @param {{retry: () => void, close: () => void}} ways
 */
export function postState(problem, { retry, close }) {
  const unknown = problem.status === 404
  const panel = statePanel({
    kind: "error",
    title: unknown ? "No such post" : "The post could not be loaded",
    text: unknown ? "Nothing with this id was collected. The address may be cut off or mistyped." : `${problem.title}. ${problem.detail}`,
    small: problem.requestNote,
    actions: [...(unknown ? [] : [{ label: "Try again", run: retry }]), { label: "Back to the feed", run: close }],
  })
  const title = /** @type {HTMLElement} */ (panel.querySelector("h2"))
  title.id = "drawer-title"
  title.tabIndex = -1
  return panel
}
