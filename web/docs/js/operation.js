import { element } from "../../js/lib/dom.js"
import { answers } from "./answers.js"
import { curl, exampleOf, shown } from "./example.js"
import { members } from "./members.js"
import { parameters } from "./parameters.js"
import { prose, words } from "./prose.js"
import { typeWords } from "./kinds.js"

/** @typedef {import("./reference.js").Reference} Reference */

/**
 * @param {any} about an operation with its path and method
 * @param {Reference} reference
 * @returns {HTMLElement}
 */
export function operation(about, reference) {
  const method = about.method.toUpperCase()
  const heading = element("h3", {},
    element("a", { class: "self", href: `#${about.operationId}` },
      element("span", { class: `method ${about.method}` }, method), " ", element("code", { class: "path" }, about.path)))
  return element("article", { class: "operation", id: about.operationId, "data-label": about.path, "data-method": method },
    heading, element("p", { class: "lead" }, ...words(about.summary ?? "")), ...prose(about.description ?? ""),
    ...(about.security ? [needsKey()] : []),
    ...parameters(about.parameters ?? [], reference), ...requestBody(about.requestBody, reference),
    element("h4", {}, "Request"), shown(curl(about, reference), "Shell"), ...answers(about.responses, reference))
}

const needsKey = () =>
  element("p", { class: "needs-key" },
    "Needs an ingest key: ", element("code", {}, "x-api-key: KEY"), " or ", element("code", {}, "Authorization: Bearer KEY"), ".")

function requestBody(/** @type {any} */ body, /** @type {Reference} */ reference) {
  const content = body && reference.resolve(body).content?.["application/json"]
  if (!content) return []
  const inner = reference.hasArticle(content.schema) ? [] : members(content.schema, reference)
  return [element("h4", {}, "Body"),
    element("p", { class: "type" }, element("code", {}, "application/json"), " ", ...typeWords(content.schema, reference)),
    ...inner, shown(exampleOf(content, reference), "Example")]
}
