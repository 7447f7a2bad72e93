import { element } from "../../js/lib/dom.js"
import { exampleOf, shown } from "./example.js"
import { members } from "./members.js"
import { words } from "./prose.js"
import { typeWords } from "./kinds.js"

/** @typedef {import("./reference.js").Reference} Reference */

/**
 * @param {any} responses
 * @param {Reference} reference
 * @returns {Node[]} each answer under its status, the first one open
 */
export function answers(responses, reference) {
  const sorted = Object.entries(responses).sort(([one], [other]) => Number(one) - Number(other))
  return [element("h4", {}, "Answers"), ...sorted.map(([status, answer]) => details(status, reference.resolve(answer), reference))]
}

function details(/** @type {string} */ status, /** @type {any} */ answer, /** @type {Reference} */ reference) {
  const summary = element("summary", {},
    element("span", { class: `status of-${status[0]}` }, status),
    element("span", {}, ...words(answer.description ?? "")))
  const bodies = Object.entries(answer.content ?? {}).flatMap(([type, content]) => body(type, content, reference))
  const parts = [...headers(answer.headers ?? {}, reference), ...bodies]
  if (parts.length === 0) return element("div", { class: "answer" }, ...summary.childNodes)
  const node = element("details", { class: "answer" }, summary, ...parts)
  if (status === "200") node.setAttribute("open", "")
  return node
}

function headers(/** @type {any} */ headers, /** @type {Reference} */ reference) {
  return Object.entries(headers).map(([name, header]) =>
    element("p", { class: "header" }, element("code", {}, name), " ", ...words(reference.resolve(header).description ?? "")))
}

function body(/** @type {string} */ type, /** @type {any} */ content, /** @type {Reference} */ reference) {
  const about = element("p", { class: "type" }, element("code", {}, type), " ", ...typeWords(content.schema ?? {}, reference))
  const inner = reference.hasArticle(content.schema) ? [] : members(content.schema, reference)
  const isJSON = type.endsWith("json") && (content.example !== undefined || reference.resolve(content.schema).properties)
  return [about, ...inner, ...(isJSON || content.example !== undefined ? [shown(exampleOf(content, reference), "Example")] : [])]
}
