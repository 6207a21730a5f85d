/* What is found in each section, told in its heading, so that the form can be looked over folded; and the number of each
   question, by which findings name it. */
(() => {
  const desk = window.digestDesk;
  if (!desk) return;
  const { element, icon, text } = desk;
  const SIGNS = { error: "cross", warning: "warning", info: "info-circle" };

  const countIn = (panel, severity) => panel.querySelectorAll(`.digest-finding--${severity}`).length;

  const mark = ([severity, number]) => element("span", { class: `digest-tally__count digest-tally__count--${severity}` },
    icon(SIGNS[severity]), element("span", { class: "w-sr-only" }, `${text(`${severity}s`)}: `), String(number));

  const tally = (panel) => {
    const heading = panel.querySelector("[data-panel-heading]");
    const counts = Object.keys(SIGNS).map((severity) => [severity, countIn(panel, severity)]).filter(([, number]) => number);
    const told = counts.join(" ");
    const old = heading?.querySelector(".digest-tally");
    if (!heading || (old?.dataset.told ?? "") === told) return;
    old?.remove();
    if (!told) return;
    const made = element("span", { class: "digest-tally", "data-told": told }, ...counts.map(mark));
    const title = heading.querySelector(".c-sf-block__title"); // of a folded question, which may be cut off
    if (title) title.before(made, " ");
    else heading.append(" ", made);
  };

  const number = (place) => {
    const kind = place.kind === "qa" && place.element.closest("[data-panel]")?.querySelector(".c-sf-block__type");
    if (kind && kind.textContent !== place.label) kind.textContent = place.label;
  };

  document.addEventListener("digest:counted", () => document.querySelectorAll("form [data-panel]").forEach(tally));
  document.addEventListener("digest:scanned", () => desk.places().forEach(number));
})();
