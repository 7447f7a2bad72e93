import { element } from "../../js/lib/dom.js"
import { described } from "./members.js"
import { limits, typeWords } from "./kinds.js"

/** @typedef {import("./reference.js").Reference} Reference */

/**
 * @param {any[]} parameters
 * @param {Reference} reference
 * @returns {Node[]}
 */
export function parameters(parameters, reference) {
  if (parameters.length === 0) return []
  const rows = parameters.map((each) => {
    const parameter = reference.resolve(each)
    return described(parameter.name, {
      type: typeWords(parameter.schema ?? {}, reference), limits: limits(parameter.schema ?? {}, reference), isRequired: parameter.required,
      place: { path: "in the path", header: "header" }[/** @type {string} */ (parameter.in)],
      text: parameter.description ?? reference.resolve(parameter.schema).description,
      example: parameter.example,
    })
  })
  return [element("h4", {}, "Parameters"), element("dl", { class: "members" }, ...rows)]
}
