import { reader } from "../access/reader.js"
import { byId, element } from "../lib/dom.js"

/**
 * Says above the posts why they are not being refreshed. They stay, and nothing moves.
 * @param {() => void} tryNow
 */
export function trouble(tryNow) {
  const place = byId("trouble")
  let shown = ""

  return {
    /** @param {import("../api/problem.js").Problem|null} problem */
    show(problem) {
      const canSignIn = Boolean(problem?.isRefusal && !reader.mayRead && reader.me?.can_sign_in)
      const key = problem ? `${problem.title} ${problem.detail} ${canSignIn}` : ""
      if (key === shown) return
      shown = key
      place.replaceChildren()
      if (!problem) return
      const again = element("button", { class: "button", type: "button" }, problem.isRefusal ? "Reload" : "Try now")
      again.addEventListener("click", () => (problem.isRefusal ? location.reload() : tryNow()))
      const note = element("p", { class: "trouble", title: [problem.detail, problem.requestNote].filter(Boolean).join(" ") },
        element("span", {}, element("b", {}, "Not refreshed."), ` ${problem.title}. `), again)
      place.append(note)
      if (canSignIn) import("../access/sign-in.js").then(({ signInLink }) => again.replaceWith(signInLink("button")), () => {})
    },
  }
}
