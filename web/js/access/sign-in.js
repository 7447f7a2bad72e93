import { apiBase, base } from "../../config.js"
import { element } from "../lib/dom.js"
import { reader } from "./reader.js"

/** Bytes of the longest address that the server leads back to; this browser keeps longer ones. */
const longestReturn = 2_000

/**
 * To the provider, and back to this view and its place in it.
 * @param {string} look
 */
export function signInLink(look) {
  const link = /** @type {HTMLAnchorElement} */ (element("a", { class: look }, "Sign in"))
  const point = () => {
    const here = location.pathname + location.search
    const back = `${here}${here.includes("?") ? "&" : "?"}sign_in=done`
    link.href = `${apiBase}/auth/sign-in?return=${encodeURIComponent(back.length <= longestReturn ? back : `${base}/?sign_in=done`)}`
    return here
  }
  link.addEventListener("click", () => {
    try { sessionStorage.setItem("left", JSON.stringify([point(), history.state?.view])) } catch { /* then it begins at the top */ }
  })
  point()
  return link
}

/** Back in a new step of the history: it goes on with the view that was left. Why signing in failed is said once. */
export function resume() {
  const parts = location.search.slice(1).split("&")
  const rest = parts.filter((part) => !part.startsWith("sign_in="))
  const here = location.pathname + (rest.length > 0 ? `?${rest.join("&")}` : "")
  const code = /** @type {string} */ (parts.filter((part) => !rest.includes(part)).at(-1)).slice("sign_in=".length)
  if (code !== "done") reader.failure = code
  try {
    const [left, view] = JSON.parse(sessionStorage.getItem("left") ?? "")
    sessionStorage.removeItem("left")
    history.replaceState(view ? { view, opened: false } : null, "", left)
    focusAnchor(`place ${view}`)
  } catch {
    history.replaceState(history.state, "", here) // what was left was not kept
  }
}

/**
 * Focus was on the link: it goes on at the post that stood at the top.
 * @param {string} key of the place
 */
function focusAnchor(key) {
  const place = JSON.parse(sessionStorage.getItem(key) ?? "null")
  if (place) sessionStorage.setItem(key, JSON.stringify({ ...place, focus: place.focus ?? place.anchor }))
}
