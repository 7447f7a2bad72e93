const steps = [
  { unit: "year", short: "y", ms: 31_557_600_000 },
  { unit: "month", short: "mo", ms: 2_629_800_000 },
  { unit: "day", short: "d", ms: 86_400_000 },
  { unit: "hour", short: "h", ms: 3_600_000 },
  { unit: "minute", short: "min", ms: 60_000 },
]

/** @param {Date} date @param {Date} now @returns {string} "now", "5 min ago", "3 h ago", "2 d ago", "9 mo ago"; a space in it never breaks */
export function ago(date, now) {
  const elapsed = now.getTime() - date.getTime()
  for (const { short, ms } of steps) if (elapsed >= ms) return `${Math.floor(elapsed / ms)}\u00a0${short}\u00a0ago`
  return "now"
}

/** @param {number} ms @returns {string} "40 seconds", "2 hours" */
export function duration(ms) {
  for (const { unit, ms: size } of steps) if (ms >= size) return plural(Math.floor(ms / size), unit)
  return plural(Math.max(0, Math.round(ms / 1000)), "second")
}

/** @param {number} ms @returns {string} with the next smaller unit: "2 hours 5 minutes", "40 seconds" */
export function longDuration(ms) {
  const at = steps.findIndex(({ ms: size }) => ms >= size)
  if (at < 0) return duration(ms)
  const rest = ms % steps[at].ms
  const next = steps[at + 1] ?? { unit: "second", ms: 1000 }
  return rest < next.ms ? duration(ms) : `${duration(ms)} ${plural(Math.floor(rest / next.ms), next.unit)}`
}

const plural = (/** @type {number} */ count, /** @type {string} */ unit) => `${count} ${unit}${count === 1 ? "" : "s"}`
