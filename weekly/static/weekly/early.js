// The reader's choices before the first paint, so that nothing flashes or moves: the page waits for this file. It is
// one, and not inline, so that a Content-Security-Policy needs no exception.
(() => {
  const root = document.documentElement, { dataset } = root;
  const each = (what, open) => document.querySelectorAll(what).forEach(fold => { fold.open = open; });
  dataset.digestScript = "";
  try {
    const { digestTheme, digestTexts } = localStorage;
    if (/^(light|dark)$/.test(digestTheme)) dataset.digestTheme = digestTheme;
    if (/^(both|original)$/.test(digestTexts)) dataset.digestTexts = digestTexts;
  } catch {} // storage is forbidden
  const watch = new MutationObserver(() => {
    if (dataset.digestTexts) each("[data-original]", true);
    if (matchMedia("(width < 79rem)").matches) each(".contents", false);
  });
  watch.observe(root, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => watch.disconnect());
})();
