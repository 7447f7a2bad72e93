import { byId } from "./dom.js"

/** Says a sentence to a screen reader without moving focus. */
export function announce(/** @type {string} */ sentence) {
  byId("announcements").textContent = sentence
}
