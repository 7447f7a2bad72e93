export const tierNames = { teammate: "Teammate", influencer: "Influencer", ecosystem: "Ecosystem", none: "Not watched" }

/** Colour, shape and word say the same. @param {HTMLElement} badge @param {string|null} tier */
export function setTier(badge, tier) {
  const known = tier !== null && Object.hasOwn(tierNames, tier)
  badge.hidden = !known
  if (!known) return
  badge.classList.add(`tier-${tier}`)
  badge.querySelector("use")?.setAttribute("href", `#i-${tier}`)
  const name = badge.querySelector("span")
  if (name) name.textContent = tierNames[/** @type {keyof typeof tierNames} */ (tier)]
}
