import { byId, element, within } from "../lib/dom.js"
import { lazyPanels } from "../lib/late.js"
import { mark } from "../lib/mark.js"
import { failureWords } from "./failure-words.js"
import { reader } from "./reader.js"
import { signInLink } from "./sign-in.js"

/** What stands at the end of the masthead: who reads, or a way to sign in. Why that failed is said above the posts. */
export function readerMenu() {
  const { me } = reader
  if (!me) return
  const actions = within(document.body, ".masthead-actions")
  const place = byId("reader") ?? actions.appendChild(element("div", { id: "reader" }))
  const isSaidBelow = !me.may_read && byId("trouble") !== null
  const key = JSON.stringify([me.signed_in, me.may_read, me.can_sign_in, me.name, me.email])
  if (place.dataset.key !== key) {
    place.dataset.key = key
    place.replaceChildren(...(me.signed_in ? [menu(me)] : me.can_sign_in && !isSaidBelow ? [signInLink("button quiet")] : []))
  }
  if (me.may_read && reader.failure) sayFailure()
}

/** @param {Me} me */
function menu(me) {
  const name = me.name || me.email || "Reader"
  const details = /** @type {HTMLDetailsElement} */ (element("details", { class: "menu" },
    element("summary", { class: "square", title: `Signed in as ${name}` },
      mark("reader"),
      element("span", { class: "visually-hidden" }, `Signed in as ${name}`))))
  lazyPanels(details, () => import("./reader-panel.js").then(({ readerPanel }) => () => readerPanel(details, me)))
  return details
}

function sayFailure() {
  const close = element("button", { class: "button", type: "button" }, "Close")
  const note = element("p", { class: "trouble", role: "alert" }, element("span", {}, failureWords(reader.failure)), close)
  const place = byId("news")?.parentElement
  const row = element("div", {}, note)
  close.addEventListener("click", () => row.remove())
  place?.prepend(row)
  reader.failure = ""
}
