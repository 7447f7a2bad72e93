import { element } from "./dom.js"

/**
 * @param {"radio"|"checkbox"} type
 * @param {string} name
 * @param {string} value
 * @param {...(Node|string)} label
 */
export const option = (type, name, value, ...label) =>
  element("label", { class: "option" }, element("input", { type, name, value }), ...label)

/**
 * One of a few short words, side by side.
 * @param {string} title
 * @param {string} name
 * @param {Record<string, string>} words by value
 * @param {{isNamed?: boolean, isCounted?: boolean}} [look] is the title to be seen, is there room for counts?
 */
export const choice = (title, name, words, look = {}) =>
  element("fieldset", { class: look.isNamed === false ? "choice" : "choice with-legend" },
    element("legend", look.isNamed === false ? { class: "visually-hidden" } : {}, title),
    ...Object.entries(words).map(([value, word]) =>
      element("label", {},
        element("input", { type: "radio", name, value }),
        element("span", {}, word, ...(look.isCounted ? [" ", element("span", { class: "count" })] : [])))))
