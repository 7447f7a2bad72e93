import { element } from "./dom.js"

/** @param {"radio"|"checkbox"} type @param {string} name @param {string} value @param {...(Node|string)} label */
export const option = (type, name, value, ...label) => element("label", { class: "option" }, element("input", { type, name, value }), ...label)

/**
 * One of a few short words, side by side.
 * @param {string} title @param {string} name @param {Record<string, string>} words by value @param {{isNamed: boolean}} [look] is the title to be seen?
 */
export const choice = (title, name, words, { isNamed } = { isNamed: true }) =>
  element("fieldset", { class: isNamed ? "choice with-legend" : "choice" },
    element("legend", isNamed ? {} : { class: "visually-hidden" }, title),
    ...Object.entries(words).map(([value, word]) => element("label", {}, element("input", { type: "radio", name, value }), element("span", {}, word))))
