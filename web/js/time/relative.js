export const steps = [
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
