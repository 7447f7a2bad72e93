import { fields, names, withChange } from "./filters.js"

/** Chips stand in the order of the address, but what is searched for comes first. */
const inOrder = new Set([/** @type {const} */ ("q"), /** @type {const} */ ("exclude"), ...names])

/**
 * Every filter in use, in words, with the filters that remain without it.
 * @param {Filters} filters
 * @returns {Array<{label: string, rest: Filters}>}
 */
export function filtersInWords(filters) {
  return [...inOrder].flatMap((name) => {
    const value = filters[name]
    const { words } = fields[name]
    if (!words) return []
    return [value].flat().filter((text) => text !== "").map((one) => ({
      label: words(one),
      rest: withChange(filters, { [name]: Array.isArray(value) ? value.filter((other) => other !== one) : "" }),
    }))
  })
}
