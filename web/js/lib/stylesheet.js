/** @type {Map<string, Promise<void>>} */
const loading = new Map()

/** A stylesheet that only some views need, fetched when the first of them is shown. @param {string} href @returns {Promise<void>} */
export function style(href) {
  const before = loading.get(href)
  if (before) return before
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href })
  const loaded = new Promise((done, failed) => {
    link.addEventListener("load", () => done(undefined))
    link.addEventListener("error", () => { loading.delete(href); link.remove(); failed(new TypeError(`${href} could not be loaded`)) })
  })
  loading.set(href, loaded)
  document.head.append(link)
  return loaded
}
