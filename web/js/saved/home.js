import { store } from "../page/store.js"

/** Whoever comes to the bare address sees the view that was chosen for it; whoever is here already, and goes to all posts, sees all posts. */
export function goHome() {
  const home = store.get("home")
  if (home?.startsWith("?") && location.pathname === "/" && location.search === "" && history.state === null) history.replaceState(null, "", home)
}
