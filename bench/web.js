// Runs in the page before its own scripts: collects what Chromium says of paints, input and frames until `measured.take()`.
globalThis.measured = (() => {
  const inputs = new Map() // the longest time from an input to the next paint, by interaction
  let frames = [] // the moments of the frames while they are counted
  let counting = false
  let largest = 0
  let block = 0

  const observe = (options, each) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(each))
    observer.observe({ ...options, buffered: true })
    return () => observer.takeRecords().forEach(each)
  }
  const flushes = [
    observe({ type: "event", durationThreshold: 16 }, ({ interactionId, duration }) => {
      if (interactionId) inputs.set(interactionId, Math.max(duration, inputs.get(interactionId) ?? 0))
    }),
    observe({ type: "largest-contentful-paint" }, ({ startTime }) => { largest = startTime }),
    observe({ type: "long-animation-frame" }, ({ duration }) => { block = Math.max(block, duration) }),
  ]
  const flush = () => flushes.forEach((one) => one())
  const frame = (now) => {
    if (!counting) return
    frames.push(now)
    requestAnimationFrame(frame)
  }

  return {
    /** @param {() => unknown} condition looked at in each frame */
    async until(condition, patience) {
      const end = performance.now() + patience
      while (!condition()) {
        if (performance.now() > end) throw new Error(`Not within ${patience} ms: ${condition}`)
        await new Promise(requestAnimationFrame)
      }
    },
    paints() {
      flush()
      return { first: performance.getEntriesByName("first-contentful-paint")[0].startTime, largest }
    },
    take() {
      flush()
      const taken = { input: Math.max(0, ...inputs.values()), block }
      inputs.clear()
      block = 0
      return taken
    },
    countFrames() {
      frames = []
      counting = true
      requestAnimationFrame(frame)
    },
    frames() {
      counting = false
      return frames.slice(1).map((moment, at) => moment - frames[at])
    },
  }
})()
