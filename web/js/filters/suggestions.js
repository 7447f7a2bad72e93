import { getWatchAccounts } from "../api/resources.js"
import { tierNames } from "../feed/tier.js"
import { byId, element, within } from "../page/dom.js"

let asked = false

/** The watch list behind the box for handles, fetched when it is first needed. */
export function suggestHandles() {
  const menu = byId("filters").querySelector("[data-menu=handle]")
  within(menu, "input").addEventListener("focus", suggest)
  menu.addEventListener("toggle", suggest)
  if (menu.open) suggest()
}

/** Suggestions are a help, not a need: when they fail, the next try may work. */
async function suggest() {
  if (asked) return
  asked = true
  try {
    const { items } = await getWatchAccounts()
    byId("watched-handles").replaceChildren(...items.map(({ handle, tier, note }) =>
      element("option", { value: handle, label: [tierNames[/** @type {keyof typeof tierNames} */ (tier)] ?? tier, note].filter(Boolean).join(", ") })))
  } catch {
    asked = false
  }
}
