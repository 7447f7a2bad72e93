import { filterWords } from "./filter-words.js"
import { names, withChange } from "./filters.js"
import { stretchInWords } from "./stretch-in-words.js"

/** Chips stand in the order of the address, but what is searched for comes first. */
const inOrder = new Set([/** @type {const} */ ("q"), /** @type {const} */ ("exclude"), ...names])

/** The two ends of a stretch of time are one filter, which stands where its beginning stands. */
const stretches = /** @type {Partial<Record<FilterName, [FilterName, string]>>} */ ({
  since: ["until", ""],
  posted_since: ["posted_until", "Posted "],
})

/**
 * Every filter in use, in words, with the filters that remain without it.
 * @param {Filters} filters
 * @returns {Array<{label: string, rest: Filters}>}
 */
export function filtersInWords(filters) {
  return [...inOrder].flatMap((name) => {
    const stretch = stretches[name]
    if (stretch) return stretchOf(filters, name, ...stretch)
    const value = filters[name]
    if (!hasWords(name)) return []
    return [value].flat().filter((text) => text !== "").map((one) => ({
      label: filterWords[name](one),
      rest: withChange(filters, { [name]: Array.isArray(value) ? value.filter((other) => other !== one) : "" }),
    }))
  })
}

/** @type {(name: FilterName) => name is keyof typeof filterWords} */
const hasWords = (name) => Object.hasOwn(filterWords, name)

/**
 * @param {Filters} filters
 * @param {FilterName} since
 * @param {FilterName} until
 * @param {string} before the words
 */
function stretchOf(filters, since, until, before) {
  const [from, to] = [String(filters[since]), String(filters[until])]
  if (!from && !to) return []
  const words = before + stretchInWords(from, to)
  return [{ label: words[0].toUpperCase() + words.slice(1), rest: withChange(filters, { [since]: "", [until]: "" }) }]
}
