import { tierNames } from "../address/filters.js"

/**
 * What a bar is made of. `key` is the member of a bucket with its count, `look` the class of its colour.
 * @typedef {{key: string, name: string, look: string}} BarPart
 */

/** @type {BarPart[]} */
export const tierParts = /** @type {Array<keyof typeof tierNames>} */ (["teammate", "influencer", "ecosystem", "none"])
  .map((tier) => ({ key: tier, name: tierNames[tier], look: `of-${tier}` }))

/** So many colours are told apart. */
const maxAccounts = 5

/**
 * Some chosen accounts have a colour each; one alone, or many, are told by tier.
 * @param {Filters} filters
 * @returns {BarPart[]|null} null where bars are of tiers
 */
export function accountParts({ handle: handles }) {
  if (handles.length < 2 || handles.length > maxAccounts) return null
  return handles.map((handle, index) => ({ key: `@${handle}`, name: `@${handle}`, look: `of-account-${index + 1}` }))
}
