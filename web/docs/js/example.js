import { base } from "../../config.js"
import { element } from "../../js/lib/dom.js"
import { copyButton } from "./copy.js"

/** @typedef {import("./reference.js").Reference} Reference */

/**
 * @param {unknown} value
 * @param {string} label
 * @returns {HTMLElement} the value as JSON to read
 */
export function shown(value, label) {
  const text = typeof value === "string" ? value.trim() : JSON.stringify(value, null, 2)
  return element("figure", { class: "example" },
    element("figcaption", {}, label, copyButton(() => text)),
    element("pre", {}, element("code", {}, text)))
}

/**
 * What `content` (of a body or an answer) looks like: its own example, or one made from its schema.
 * @param {any} content
 * @param {Reference} reference
 * @returns {unknown}
 */
export function exampleOf(content, reference) {
  if (content.example !== undefined) return content.example
  return sample(content.schema, reference, 0)
}

/**
 * @param {any} node
 * @param {Reference} reference
 * @param {number} depth
 * @returns {any}
 */
function sample(node, reference, depth) {
  const schema = reference.resolve(node)
  if (schema.example !== undefined) return schema.example
  if (schema.examples?.length) return schema.examples[0]
  if ("const" in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((/** @type {any} */ part) => sample(part, reference, depth)))
  const types = [schema.type ?? []].flat()
  if (schema.properties && depth < 6) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, member]) => [name, sample(member, reference, depth + 1)]))
  }
  if (types.includes("array") && schema.items && depth < 6) return [sample(schema.items, reference, depth + 1)]
  const choice = (schema.anyOf ?? schema.oneOf)?.[0]
  if (choice && types.length === 0) return sample(choice, reference, depth)
  return simple(types[0], schema)
}

function simple(/** @type {string|undefined} */ type, /** @type {any} */ schema) {
  switch (type) {
    case "string":
      if (schema.format === "date-time") return "2026-02-22T09:30:00.123456Z"
      return schema.pattern?.includes("[Hh]") ? "https://x.com/ada/status/2025000000000000000" : "text"
    case "integer": case "number": return schema.minimum ?? 0
    case "boolean": return true
    case "object": return {}
    default: return null
  }
}

/**
 * @param {any} operation
 * @param {Reference} reference
 * @returns {string} a line for a shell that asks this
 */
export function curl(operation, reference) {
  const needed = (operation.parameters ?? []).map((/** @type {any} */ each) => reference.resolve(each))
  const path = operation.path.replace(/\{(\w+)\}/g, (/** @type {string} */ hole, /** @type {string} */ name) =>
    needed.find((/** @type {any} */ each) => each.name === name)?.example ?? hole)
  const key = operation.security ? " \\\n  -H \"x-api-key: $XMONITOR_API_KEY\"" : ""
  const content = operation.requestBody?.content?.["application/json"]
  const sent = content && JSON.stringify(exampleOf(content, reference)).replaceAll("'", "'\\''")
  const body = content ? ` \\\n  -H 'content-type: application/json' \\\n  -d '${sent}'` : ""
  return `curl ${operation.method === "get" ? "" : `-X ${operation.method.toUpperCase()} `}'${location.origin}${base}${path}'${key}${body}`
}
