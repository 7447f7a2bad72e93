/**
 * Says how long it is until the page tries again by itself, and then tries.
 * @param {HTMLElement} node
 * @param {number} ms
 * @param {() => void} done not called once the node has left the page
 */
export function countDown(node, ms, done) {
  const end = Date.now() + ms
  const say = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000)
    node.textContent = seconds > 0 ? `Again in ${seconds} s` : "Trying again…"
    return seconds > 0
  }
  say()
  const ticking = setInterval(() => {
    const goesOn = node.isConnected && say()
    if (goesOn) return
    clearInterval(ticking)
    if (node.isConnected) done()
  }, 1000)
}
