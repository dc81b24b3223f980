// Light or dark before anything is drawn: what was chosen here, else what the computer says.
// A plain script on purpose: a module would come after the first paint.
document.documentElement.dataset.theme =
  localStorage.getItem("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
