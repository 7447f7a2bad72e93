const says = { news: 0, view: "All posts", post: "" }

/**
 * The title of the tab: the open post or the view, and in a tab that nobody looks at how many posts wait.
 * @param {Partial<typeof says>} change
 */
export function setTitle(change) {
  const { news, view, post } = Object.assign(says, change)
  document.title = `${document.hidden && news ? `(${news}) ` : ""}${post || view} · XMonitor`
}

document.addEventListener("visibilitychange", () => setTitle({}))
