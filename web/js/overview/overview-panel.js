import { Problem } from "../api/problem.js"
import { element } from "../lib/dom.js"
import { keepZone } from "./zone-links.js"

/**
 * One panel of the overview: asks for itself, keeps what it had when that fails, and says so.
 * @template T
 * @param {HTMLElement} root
 * @param {() => Promise<T>} ask
 * @param {(data: T) => Array<Node|string>} draw
 * @returns {() => Promise<Problem|null>} asks again; why there was no answer, if there was none
 */
export function panel(root, ask, draw) {
  const body = /** @type {HTMLElement} */ (root.querySelector(".panel-body"))
  const note = element("p", { class: "panel-note", role: "status" })
  root.append(note)
  const load = async () => {
    try {
      body.replaceChildren(...draw(await ask()))
      keepZone(body)
      root.ariaBusy = "false"
      note.replaceChildren()
      return null
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const again = element("button", { class: "button", type: "button" }, "Try again")
      again.addEventListener("click", load)
      note.replaceChildren(`${root.ariaBusy === "false" ? "Not renewed" : "Not loaded"}. ${error.title}. `, again)
      return error
    }
  }
  return load
}
