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
      const key = problem ? `${problem.title} ${problem.detail}` : ""
      if (key === shown) return
      shown = key
      place.replaceChildren()
      if (!problem) return
      const locked = problem.status === 401 || problem.status === 403
      const button = element("button", { class: "button", type: "button" }, locked ? "Reload" : "Try now")
      button.addEventListener("click", () => (locked ? location.reload() : tryNow()))
      const note = element("p", { class: "trouble", title: [problem.detail, problem.requestNote].filter(Boolean).join(" ") },
        element("span", {}, element("b", {}, "Not refreshed."), ` ${problem.title}. `), button)
      place.append(note)
    },
  }
}
