import { element, fromTemplate } from "./dom.js"

/**
 * The panel that stands where posts would: empty, failed, wrong address.
 * @param {{
 *   title: string, text?: string, small?: string, kind?: string,
 *   actions?: Array<{label: string, href?: string, run?: () => void}>,
 * }} content
 * @returns {HTMLElement}
 */
export function statePanel({ title, text = "", small = "", actions = [], kind = "empty" }) {
  const panel = fromTemplate("state-template")
  panel.dataset.kind = kind
  if (kind === "error") panel.setAttribute("role", "alert")
  panel.querySelector("use").setAttribute("href", kind === "error" ? "#i-alert" : "#i-empty")
  panel.querySelector("h2").textContent = title
  fill(panel.querySelector(".state-text"), text)
  fill(panel.querySelector(".state-small"), small)
  const row = panel.querySelector(".state-actions")
  for (const [index, { label, href, run }] of actions.entries()) {
    const look = index === 0 ? "button primary" : "button"
    const action = href ? element("a", { class: look, href }, label) : element("button", { class: look, type: "button" }, label)
    if (run) action.addEventListener("click", run)
    row.append(action)
  }
  row.hidden = actions.length === 0
  return panel
}

function fill(/** @type {HTMLElement} */ node, /** @type {string} */ text) {
  node.textContent = text
  node.hidden = text === ""
}
