const methods = ["get", "post", "put", "patch", "delete"]

/** An OpenAPI document, and the ways around in it. */
export class Reference {
  /** @param {any} text the document */
  constructor(text) {
    this.text = text
  }

  /**
   * @param {any} node
   * @returns {any} what `node` is or refers to; members beside the reference go first
   */
  resolve(node) {
    let current = node
    for (let depth = 0; current?.$ref && depth < 20; depth++) {
      const { $ref, ...beside } = current
      const target = $ref.slice(2).split("/").reduce((/** @type {any} */ at, /** @type {string} */ key) => at?.[key], this.text)
      current = { ...target, ...beside }
    }
    return current ?? {}
  }

  /**
   * @param {any} node
   * @returns {string|null} the name of the schema that `node` refers to
   */
  name(node) {
    return node?.$ref?.startsWith("#/components/schemas/") ? node.$ref.split("/").pop() : null
  }

  /** The operations under their first tag, in the order of the document. */
  groups() {
    const all = Object.entries(this.text.paths).flatMap(([path, item]) =>
      methods.filter((method) => item[method]).map((method) => ({ ...item[method], path, method })))
    return this.text.tags.map((/** @type {any} */ tag) => ({ tag, operations: all.filter((each) => each.tags?.[0] === tag.name) }))
  }

  /**
   * The schemas that have members: others are told where they are used.
   * @returns {[string, any][]}
   */
  objects() {
    return Object.entries(this.text.components.schemas).filter(([, schema]) => isObject(this.resolve(schema)))
  }

  /**
   * @param {any} node
   * @returns {boolean} whether the schema that `node` refers to has an article of its own
   */
  hasArticle(node) {
    return this.name(node) !== null && isObject(this.resolve(node))
  }
}

const isObject = (/** @type {any} */ schema) => Boolean(schema.properties || schema.allOf)
