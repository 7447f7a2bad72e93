// Classic and deferred: the page is painted before its modules are asked for, which takes a slow phone half a second.
const start = () => document.head.append(/** @type {HTMLTemplateElement} */ (document.getElementById("modules")).content)
if (document.hidden) start()
else requestAnimationFrame(() => requestAnimationFrame(start))
document.addEventListener("visibilitychange", start, { once: true })
