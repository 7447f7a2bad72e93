import { element } from "../../js/lib/dom.js"

/** @typedef {import("./reference.js").Reference} Reference */

/**
 * What a value may be, in words: "list of FeedItem", "integer, 1 to 200", "text or null".
 * @param {any} node
 * @param {Reference} reference
 * @returns {(Node|string)[]}
 */
export function typeWords(node, reference) {
  if (reference.hasArticle(node)) return [element("a", { href: `#schema-${reference.name(node)}` }, String(reference.name(node)))]
  const schema = reference.resolve(node)
  const choices = (schema.anyOf ?? schema.oneOf)?.map((/** @type {any} */ each) => (each.$ref ? each : { type: schema.type, ...each }))
  if (choices?.every((/** @type {any} */ each) => each.properties)) return ["object"]
  if (choices && (!schema.type || choices.every((/** @type {any} */ each) => each.format))) {
    return joined(choices.map((/** @type {any} */ each) => typeWords(each, reference)), " or ")
  }
  if (schema.allOf) return joined(schema.allOf.map((/** @type {any} */ each) => typeWords(each, reference)), " and ")
  if ("const" in schema) return ["always ", code(schema.const)]
  if (schema.enum) return ["one of ", ...joined(schema.enum.map((/** @type {any} */ each) => [code(each)]), ", ")]
  const types = [schema.type ?? "anything"].flat()
  return joined(types.map((type) => (type === "array" ? list(schema.items ?? {}, reference) : [plain(type, schema)])), " or ")
}

function list(/** @type {any} */ items, /** @type {Reference} */ reference) {
  const { enum: names } = reference.resolve(items)
  if (!names) return ["list of ", ...typeWords(items, reference)]
  return ["any of ", ...joined(names.map((/** @type {any} */ each) => [code(each)]), ", ")]
}

/**
 * @param {any} node
 * @param {Reference} reference
 * @returns {string[]} the limits that hold for a value
 */
export function limits(node, reference) {
  const schema = reference.resolve(node)
  const found = []
  const { minimum, maximum } = schema
  if (minimum !== undefined && maximum !== undefined) found.push(`${minimum} to ${maximum}`)
  else if (minimum !== undefined) found.push(`${minimum} or more`)
  else if (maximum !== undefined) found.push(`${maximum} at most`)
  if (schema.maxLength !== undefined) found.push(`${schema.maxLength} characters at most`)
  if (schema.maxItems !== undefined) found.push(`${schema.maxItems} at most`)
  if (schema.pattern) found.push(`matches ${schema.pattern}`)
  if (schema.default !== undefined) found.push(`${schema.default} if left out`)
  return found
}

function plain(/** @type {string} */ type, /** @type {any} */ schema) {
  if (type === "string") return { "date-time": "time", date: "day" }[/** @type {string} */ (schema.format)] ?? "text"
  return type
}

const code = (/** @type {any} */ value) => element("code", {}, typeof value === "string" ? value : JSON.stringify(value))

function joined(/** @type {(Node|string)[][]} */ parts, /** @type {string} */ separator) {
  return parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]))
}
