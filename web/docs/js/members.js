import { element } from "../../js/lib/dom.js"
import { words } from "./prose.js"
import { limits, typeWords } from "./kinds.js"

/** @typedef {import("./reference.js").Reference} Reference */

/**
 * The members of an object, and those of objects within it.
 * @param {any} node
 * @param {Reference} reference
 * @returns {Node[]}
 */
export function members(node, reference, depth = 0) {
  const schema = reference.resolve(node)
  if (schema.allOf) return schema.allOf.flatMap((/** @type {any} */ part) => members(part, reference, depth))
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter((/** @type {any} */ each) => each.properties)
  if (choices.length > 1) {
    return choices.flatMap((/** @type {any} */ each, /** @type {number} */ index) =>
      [element("p", { class: "type" }, index === 0 ? "either" : "or"), ...members(each, reference, depth)])
  }
  if (!schema.properties || depth > 4) return []
  // Where all have to be there, as in answers, it goes without saying.
  const required = (schema.required ?? []).length < Object.keys(schema.properties).length ? (schema.required ?? []) : []
  const rows = Object.entries(schema.properties).map(([name, member]) => row(name, member, required.includes(name), reference, depth))
  return [element("dl", { class: "members" }, ...rows)]
}

function row(
  /** @type {string} */ name,
  /** @type {any} */ member,
  /** @type {boolean} */ isRequired,
  /** @type {Reference} */ reference,
  /** @type {number} */ depth,
) {
  const schema = reference.resolve(member)
  return described(name, {
    type: typeWords(member, reference), limits: limits(member, reference), isRequired, text: schema.description,
    inner: reference.hasArticle(member) ? [] : members(inside(schema), reference, depth + 1),
  })
}

/** The object that is described in place: itself, or what an array holds. */
const inside = (/** @type {any} */ schema) => (schema.items && !schema.items.$ref ? schema.items : schema)

/**
 * @param {string} name
 * @param {{
 *   type: (Node|string)[],
 *   limits: string[],
 *   isRequired?: boolean,
 *   place?: string,
 *   text?: string,
 *   example?: unknown,
 *   inner?: Node[],
 * }} about
 */
export function described(name, about) {
  const term = element("dt", {}, element("code", {}, name))
  if (about.place) term.append(element("span", { class: "place" }, about.place))
  if (about.isRequired) term.append(element("span", { class: "required" }, "required"))
  const detail = element("dd", {}, element("p", { class: "type" }, ...about.type, ...about.limits.flatMap((limit) => [", ", limit])))
  if (about.text) detail.append(element("p", {}, ...words(about.text)))
  if (about.example !== undefined) {
    detail.append(element("p", { class: "type" }, "for example ", element("code", {}, String(about.example))))
  }
  detail.append(...(about.inner ?? []))
  return element("div", {}, term, detail)
}
