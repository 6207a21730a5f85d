// Reading: choices that are remembered, folds, and contents that follow. An extra: without it all texts stand open.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (what, within = document) => Array.from(within.querySelectorAll(what));

  // Choices. weekly/early.js brings them back before the first paint; here come those that were made meanwhile in
  // another window, or on the page that "Back" has left.

  const known = { digestTheme: /^(light|dark)$/, digestTexts: /^(both|original)$/ };
  const theme = document.querySelector("[data-choose=digestTheme]"), ways = all("[name=digestTexts]");
  const shown = name => root.dataset[name] || "";

  function show(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    if (name === "digestTexts") all("[data-original]").forEach(fold => { fold.open = Boolean(value); });
  }
  function choose(name, value) {
    show(name, value);
    try { localStorage[name] = value; } catch {} // storage is forbidden: the choice holds for this page
  }
  function stored(name) {
    try { return known[name].test(localStorage[name]) ? localStorage[name] : ""; } catch { return shown(name); }
  }
  function recall() {
    const changed = Object.keys(known).filter(name => stored(name) !== shown(name));
    if (changed.length) keepingPlace(() => changed.forEach(name => show(name, stored(name))));
    if (theme) theme.value = shown("digestTheme");
    ways.forEach(way => { way.checked = way.value === shown("digestTexts"); });
  }

  // The part that is being read stays where it is, however much is shown or hidden above it.
  function keepingPlace(change) {
    const parts = all(".reading :is(.qa, .entry, section, .page-head)");
    const near = parts.filter(part => part.getBoundingClientRect().top < innerHeight / 3).pop();
    const top = near && near.getBoundingClientRect().top;
    root.style.overflowAnchor = "none"; // or the browser would mend it a second time
    change();
    if (near && scrollY) scrollBy({ top: near.getBoundingClientRect().top - top, behavior: "instant" });
    root.style.overflowAnchor = "";
  }

  if (theme) theme.addEventListener("change", () => choose("digestTheme", theme.value));
  for (const way of ways) way.addEventListener("change", () => keepingPlace(() => {
    choose("digestTexts", way.value);
    // A week's abstracts are two texts as well. Only now: with a choice from before the week stays an overview.
    all(".abstract-fold").forEach(fold => { fold.open = Boolean(way.value); });
  }));
  addEventListener("storage", recall);
  addEventListener("pageshow", recall);
  recall();

  // Questions fold one by one or all at once. Folded text is still found by a search in the page.

  const bodyOf = button => document.getElementById(button.getAttribute("aria-controls"));
  const isFolded = button => button.getAttribute("aria-expanded") === "false";
  const buttons = all(".qa .fold");
  const every = document.querySelector(".fold-all");

  function fold(button, folded) {
    button.setAttribute("aria-expanded", String(!folded));
    if (folded) bodyOf(button).setAttribute("hidden", "until-found");
    else bodyOf(button).removeAttribute("hidden");
    if (every) every.textContent = buttons.every(isFolded) ? every.dataset.open : every.dataset.fold;
  }

  for (const button of buttons) {
    button.addEventListener("click", () => fold(button, !isFolded(button)));
    bodyOf(button).addEventListener("beforematch", () => fold(button, false));
    button.closest(".qa").querySelector("h3").addEventListener("click", () => { if (isFolded(button)) fold(button, false); });
  }
  if (every) every.addEventListener("click", () => {
    const folded = !buttons.every(isFolded);
    keepingPlace(() => buttons.forEach(button => fold(button, folded)));
  });

  // A link into the page opens what it leads to.
  function reveal() {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch {} // a broken escape
    if (!target) return;
    const closed = all("details:not([open])").filter(one => one.contains(target));
    const folded = buttons.filter(button => target.contains(button) && isFolded(button));
    closed.forEach(one => { one.open = true; });
    if (target.matches(".qa")) folded.forEach(button => fold(button, false));
    if (closed.length || folded.length) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href*='#']");
    if (link && link.href === location.href) reveal(); // no hashchange comes
  });
  reveal();

  // On paper all stands open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(".reading details:not([open])");
    opened.forEach(one => { one.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach(one => { one.open = false; }));

  // The contents follow: of the parts that cross a line near the window's top the innermost is the current one.

  const contents = document.querySelector(".contents");
  if (!contents || !window.IntersectionObserver) return;
  const links = new Map();
  for (const link of all("a[href^='#']", contents)) {
    const target = document.getElementById(link.hash.slice(1));
    if (target) links.set(target.matches("section, li") ? target : target.closest("section"), link);
  }
  const crossing = new Set(), parts = Array.from(links.keys());
  let current;
  function follow() {
    const isEnd = innerHeight + scrollY > root.scrollHeight - 2; // no part below comes up to the line any more
    const now = isEnd && scrollY ? parts[parts.length - 1] : parts.filter(part => crossing.has(part)).pop();
    if (!now || now === current) return;
    current = now;
    links.forEach((link, part) => mark(link, part === now));
  }
  const watch = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) crossing[isIntersecting ? "add" : "delete"](target);
    follow();
  }, { rootMargin: "-6% 0px -93% 0px" });
  parts.forEach(part => watch.observe(part));
  addEventListener("scroll", follow, { passive: true });

  function mark(link, isCurrent) {
    if (!isCurrent) { link.removeAttribute("aria-current"); return; }
    link.setAttribute("aria-current", "location");
    const rail = link.closest(".rail"), box = link.getBoundingClientRect(), frame = rail.getBoundingClientRect();
    if (box.bottom > frame.bottom) rail.scrollTop += box.bottom - frame.bottom;
    if (box.top < frame.top) rail.scrollTop += box.top - frame.top;
  }

  const wide = matchMedia("(width >= 79rem)");
  wide.addEventListener("change", () => { contents.open = wide.matches; });
})();
