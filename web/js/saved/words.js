import { parseSearch } from "../address/parse.js"
import { sortOf } from "../address/sorts.js"
import { filtersInWords } from "../filters/words.js"

/** @param {string} search of a view @returns {string} "Teammate · Last 24 hours · most liked first" */
export function inWords(search) {
  const { filters } = parseSearch(search)
  const words = filtersInWords(filters).map(({ label }) => label)
  return [...words, ...(filters.sort ? [sortOf(filters.sort).order] : []), ...(filters.tz ? [`Times in ${filters.tz}`] : [])].join(" · ")
}
