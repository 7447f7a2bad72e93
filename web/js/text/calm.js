/** No script piles more marks on one letter. */
const piles = /(\p{M}{6})\p{M}+/gu

/** Takes away the marks that are piled up only to cover what stands around; drawing thousands of them would stop the page. @param {string} text @returns {string} */
export const calm = (text) => text.replace(piles, "$1")
