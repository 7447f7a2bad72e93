import { base } from "../../config.js"
import { Problem } from "../api/problem.js"
import { send } from "../api/send.js"
import { announce, byId, element } from "../lib/dom.js"
import { safeURL } from "../lib/text/sanitize.js"

/**
 * Ends the session here and, where that is offered, at the provider.
 * @param {string} look
 */
export function signOutButton(look) {
  const button = element("button", { class: look, type: "button" }, "Sign out")
  button.addEventListener("click", async () => {
    if (button.ariaDisabled === "true") return
    button.ariaDisabled = "true"
    try {
      leave(await send("POST", "/auth/sign-out"))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      button.ariaDisabled = null
      button.textContent = "Sign out: try again"
      announce(`Not signed out. ${error.title}`)
    }
  })
  return button
}

/**
 * No post stays behind, in what the browser keeps for the way back either.
 * @param {{end_session_url: string|null}} answer
 */
function leave({ end_session_url: end }) {
  byId("posts")?.replaceChildren()
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload() })
  location.assign(safeURL(end) ?? `${base}/`)
}
