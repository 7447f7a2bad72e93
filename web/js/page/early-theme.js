// Classic and tiny on purpose: it runs before the first paint, so that what was chosen never flashes the other way.
const base = document.currentScript?.getAttribute("src")?.split("/js/")[0] ?? ""
try {
  for (const choice of ["theme", "density"]) {
    const value = localStorage.getItem(base + choice) ?? ""
    if (["light", "dark", "compact"].includes(value)) document.documentElement.dataset[choice] = value
  }
} catch { /* storage may be forbidden: then the system decides */ }
if (document.documentElement.dataset.density) {
  const link = document.createElement("link")
  document.head.append(Object.assign(link, { rel: "stylesheet", href: `${base}/css/base/density.css`, blocking: "render" }))
}
