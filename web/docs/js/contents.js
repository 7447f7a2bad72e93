import { element, within } from "../../js/lib/dom.js"

/**
 * @param {HTMLElement[]} groups
 * @returns {Node[]} links to what the groups hold
 */
export function contents(groups) {
  return groups.map((group) => element("section", {},
    element("h2", {}, element("a", { href: `#${group.id}` }, within(group, "h2").textContent)),
    element("ul", {}, ...[...group.querySelectorAll("article")].map(link))))
}

function link(/** @type {HTMLElement} */ article) {
  const { label, method } = article.dataset
  // A long path may go on in the next line after a slash.
  const name = element("span", { class: "name" }, ...(label ?? "").split(/(?<=\/)/).flatMap((part) => [part, element("wbr")]))
  const parts = method ? [element("span", { class: `method ${method.toLowerCase()}` }, method), " ", name] : [name]
  return element("li", { "data-for": article.id }, element("a", { href: `#${article.id}` }, ...parts))
}
