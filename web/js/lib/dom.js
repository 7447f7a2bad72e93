import { base } from "../../config.js"

/**
 * @param {string} id
 * @returns {any} the element, which index.html promises to hold
 */
export const byId = (id) => document.getElementById(id)

/**
 * @param {Element|null|undefined} root
 * @param {string} selector
 * @returns {any} the first match below `root`, or null
 */
export const within = (root, selector) => root?.querySelector(selector) ?? null

/**
 * @param {string} id
 * @returns {any} a fresh copy of a template's single element
 */
export const fromTemplate = (id) => byId(id).content.firstElementChild.cloneNode(true)

/**
 * Text becomes a text node, never markup.
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node|string)} children
 */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

/** @param {string} name of a mark in the page's own set, said by the words beside it */
export const icon = (name) => svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `#i-${name}` }))

/**
 * @param {string} name
 * @param {Record<string, string|number>} attributes
 * @param {...Node} children
 */
export function svg(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value))
  node.append(...children)
  return node
}

/**
 * The next frame; a hidden page has none to keep waiting.
 * @returns {Promise<void>}
 */
export const frame = () => new Promise((done) => { if (document.hidden) done(); else requestAnimationFrame(() => done()) })

/** Says a sentence to a screen reader without moving focus. */
export function announce(/** @type {string} */ sentence) {
  byId("announcements").textContent = sentence
}

/** @type {Map<string, Promise<void>>} */
const loading = new Map()

/**
 * A stylesheet that only some views need, fetched when the first of them is shown.
 * @param {string} href
 * @returns {Promise<void>}
 */
export function style(href) {
  const before = loading.get(href)
  if (before) return before
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: base + href })
  const loaded = new Promise((done, failed) => {
    link.addEventListener("load", () => done(undefined))
    link.addEventListener("error", () => { loading.delete(href); link.remove(); failed(new TypeError(`${href} could not be loaded`)) })
  })
  loading.set(href, loaded)
  document.head.append(link)
  return loaded
}

const titled = { news: 0, view: "All posts", post: "" }

/**
 * The title of the tab: the open post or the view, and in a tab that nobody looks at how many posts wait.
 * @param {Partial<typeof titled>} change
 */
export function setTitle(change) {
  const { news, view, post } = Object.assign(titled, change)
  document.title = `${document.hidden && news ? `(${news}) ` : ""}${post || view} · XMonitor`
}
