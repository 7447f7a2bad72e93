import { getWatchAccounts } from "../api/resources.js"
import { byId, element } from "../page/dom.js"
import { tierNames } from "../feed/tier.js"

/** The box that adds an author; the watch list is fetched when it is first needed. @param {(handle: string) => void} add */
export function handleBox(add) {
  const box = /** @type {HTMLInputElement} */ (byId("filter-form").elements.namedItem("add-handle"))
  const submit = () => {
    const handle = box.value.trim().replace(/^@/u, "").toLowerCase()
    if (!/^\S+$/u.test(handle)) return box.focus()
    box.value = ""
    add(handle)
  }
  byId("handle-add").addEventListener("click", submit)
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") submit() })
  box.addEventListener("focus", suggest)
  box.closest("details")?.addEventListener("toggle", suggest)
}

let asked = false

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
