// Classic and tiny on purpose: it runs before the first paint, so a chosen theme never flashes the other one.
try {
  const theme = localStorage.getItem("theme")
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme
} catch { /* storage may be forbidden: then the system decides */ }
