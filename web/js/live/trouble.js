import { reader } from "../access/reader.js"
import { countDown } from "../lib/count-down.js"
import { byId, element } from "../lib/dom.js"

/**
 * Says above the posts why they are not being refreshed. They stay, and nothing moves.
 * @param {() => void} tryNow
 */
export function trouble(tryNow) {
  const place = byId("trouble")
  place.replaceChildren()
  let shown = ""
  /** @type {import("../api/problem.js").Problem|null} */ let last = null

  return {
    /** @param {import("../api/problem.js").Problem|null} problem */
    show(problem) {
      const canSignIn = Boolean(problem?.isRefusal && !reader.mayRead && reader.me?.can_sign_in)
      const key = problem ? `${problem.title} ${problem.detail} ${canSignIn}` : ""
      if (problem === last || (key === shown && !problem?.retryAfter)) return
      last = problem
      shown = key
      place.replaceChildren()
      if (!problem) return
      const again = element("button", { class: "button", type: "button" }, problem.asksToReload ? "Reload" : "Try now")
      again.addEventListener("click", () => (problem.asksToReload ? location.reload() : tryNow()))
      const note = element("p", { class: "trouble", title: [problem.detail, problem.requestNote].filter(Boolean).join(" ") },
        element("span", {}, element("b", {}, "Not refreshed."), ` ${problem.title}. `), again)
      place.append(note)
      if (problem.retryAfter > 0) {
        const line = element("span", { role: "timer" })
        again.before(line)
        countDown(line, problem.retryAfter, tryNow)
      }
      if (canSignIn) import("../access/sign-in.js").then(({ signInLink }) => again.replaceWith(signInLink("button")), () => {})
    },
  }
}
