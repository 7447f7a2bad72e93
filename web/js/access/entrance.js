import { announce, element, frame, icon, setTitle, style } from "../lib/dom.js"
import { whomToAsk } from "./contact.js"
import { failureWords } from "./failure-words.js"
import { reader } from "./reader.js"
import { signInLink } from "./sign-in.js"
import { signOutButton } from "./sign-out.js"

/**
 * @typedef {object} Words
 * @property {string} title
 * @property {Array<Node|string>} text
 * @property {Array<Node|string>} small
 * @property {HTMLElement[]} actions
 */

const about = "XMonitor collects selected posts on X: what is new, what matters, what moves, what was already reported."

/**
 * Stands where posts would: what this is, and how to get in. Where nothing was read yet, it is the whole page.
 * @returns {Promise<HTMLElement>}
 */
export async function entrance() {
  const { title, text, small, actions } = words(/** @type {Me} */ (reader.me))
  await style("/css/parts/entrance.css")
  const heading = element(reader.hasRead ? "h2" : "h1", { tabindex: "-1" }, title)
  const panel = element("section", { class: "entrance" },
    icon("pulse"),
    heading,
    ...(reader.failure ? [element("p", { class: "entrance-failure", role: "alert" }, failureWords(reader.failure))] : []),
    element("p", {}, ...text),
    element("p", { class: "entrance-actions" }, ...actions),
    element("p", { class: "entrance-small" }, ...small))
  if (reader.hasRead) announce(title)
  else {
    shut(title)
    frame().then(() => heading.focus({ preventScroll: true }))
  }
  return panel
}

/**
 * @param {Me} me
 * @returns {Words}
 */
function words({ access, signed_in: isKnown, can_sign_in: canSignIn, name, email, contact }) {
  const ask = whomToAsk(contact)
  if (isKnown) return {
    title: "You may not read here",
    text: ["You are signed in as ", element("b", { dir: "auto" }, [name, email && `(${email})`].filter(Boolean).join(" ")),
      ". That account is not among those who may read this feed."],
    small: ["Ask ", ask, " to be let in, or sign out and come back with another account."],
    actions: [signOutButton("button primary")],
  }
  if (!canSignIn) return {
    title: "This feed is private",
    text: [about],
    small: [access === "keys" ? "Programs read it with a key; nobody signs in. " : "Nobody can sign in at the moment. ", "Ask ", ask, "."],
    actions: [],
  }
  return {
    title: reader.hasRead ? "You are signed out" : "This feed is private",
    text: [reader.hasRead ? "Sign in to see this view." : about],
    small: ["You cannot sign in? Ask ", ask, "."],
    actions: [signInLink("button primary")],
  }
}

/**
 * Nothing else of the page is of use. Who signs in elsewhere and comes back finds the posts.
 * @param {string} title
 */
function shut(title) {
  document.documentElement.classList.add("shut")
  setTitle({ post: title })
  if (!reader.isShut) document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return
    await reader.ask()
    if (reader.mayRead) location.reload()
  })
  reader.isShut = true
  reader.changed()
}
