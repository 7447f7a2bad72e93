import { element, icon, within } from "./dom.js"

/**
 * The panel that stands where posts would: empty, failed, wrong address.
 * @param {{
 *   title: string, text?: string, small?: string, kind?: string,
 *   actions?: Array<{label: string, href?: string, run?: () => void}>,
 * }} content
 * @returns {HTMLElement}
 */
export function statePanel({ title, text = "", small = "", actions = [], kind = "empty" }) {
  const panel = element("div", { class: "state", "data-kind": kind, ...(kind === "error" ? { role: "alert" } : {}) },
    icon(kind === "error" ? "alert" : "empty"),
    element("h2", {}, title),
    line("state-text", text),
    line("state-small", small),
    element("p", { class: "state-actions" }))
  const row = within(panel, ".state-actions")
  for (const [index, { label, href, run }] of actions.entries()) {
    const look = index === 0 ? "button primary" : "button"
    const action = href ? element("a", { class: look, href }, label) : element("button", { class: look, type: "button" }, label)
    if (run) action.addEventListener("click", run)
    row.append(action)
  }
  row.hidden = actions.length === 0
  return panel
}

/**
 * @param {string} look
 * @param {string} words
 */
const line = (look, words) => element("p", { class: look, ...(words ? {} : { hidden: "" }) }, words)
