/* Findings at their places, worst first, and the counter with the ways to the next one. */
(() => {
  const desk = window.digestDesk;
  if (!desk) return;
  const { data, element, icon, text } = desk;
  const SEVERITIES = ["error", "warning", "info"];
  const KEYS = { error: "Alt+1", warning: "Alt+2", info: "Alt+3" };
  const SIGNS = { error: "cross", warning: "warning", info: "info-circle" };
  const applied = new Set(); // findings that were applied since the last save
  let current = null;
  let bar = null;
  const counters = new Map(); // severity → the button that counts its findings, and leads to the next one
  let lost = null; // where findings are shown that belong to no place of the form

  /* Places in a text are counted in code points. */
  const points = (words) => Array.from(words);

  const standing = () => data.findings.filter(({ id, dismissed }) => !dismissed && !applied.has(id));

  const quoteOf = (finding, place) => {
    const filled = place.citations().filter(({ quote }) => quote?.trim());
    return filled[finding.citation.number - 1];
  };

  /* Where the finding's words stand now: as told, or, in a text that has changed since, where they stand once. */
  const spanOf = ({ start, end, marked }, words) => {
    if (end <= start) return null;
    if (points(words).slice(start, end).join("") === marked) return [start, end];
    const at = words.indexOf(marked);
    if (at < 0 || words.indexOf(marked, at + 1) >= 0) return null;
    const first = points(words.slice(0, at)).length;
    return [first, first + points(marked).length];
  };

  const replaced = (words, [start, end], suggestion) => {
    const all = points(words);
    return [...all.slice(0, start), suggestion, ...all.slice(end)].join("");
  };

  const settle = (finding, place, undo) => {
    const settled = data.findings.filter(({ id, same }) => [id, same].includes(finding.id)).map(({ id }) => id);
    settled.forEach((id) => applied.add(id));
    draw();
    desk.undoable(text("applied", { place: place.label }), () => {
      undo();
      settled.forEach((id) => applied.delete(id));
      draw();
    });
    place.focus(finding.sub);
  };

  const applyToText = (finding, place) => {
    const before = place.getText(finding.sub);
    const span = spanOf(finding, before);
    if (!span) return desk.announce(text("moved"));
    place.setText(finding.sub, replaced(before, span, finding.suggestion));
    return settle(finding, place, () => place.setText(finding.sub, before));
  };

  /* A quote's page where the finding tells another one; else its words, as they stand in the paper. */
  const changesOf = (finding) => (finding.suggestion
    ? { page: Number(finding.suggestion) }
    : { page: Number(finding.citation.page) || null, quote: finding.source });

  const applyToQuote = (finding, place) => {
    const citation = quoteOf(finding, place);
    if (!citation) return desk.announce(text("moved"));
    const { page, quote } = citation;
    citation.set(changesOf(finding));
    return settle(finding, place, () => citation.set({ page, quote }));
  };

  const offer = (finding, place) => {
    const button = (label, call) => desk.button({ label, icon: "check", className: "", onClick: () => call(finding, place) });
    if (!place) return null;
    if (finding.citation.number) {
      if (finding.suggestion) return button(text("apply_page", { page: finding.suggestion }), applyToQuote);
      return finding.source ? button(text("apply_quote"), applyToQuote) : null;
    }
    return finding.offer ? button(finding.offer, applyToText) : null;
  };

  const excerpt = ({ shown, before, after }) => (shown
    ? element("p", { class: "digest-finding__excerpt", lang: bar.dataset.readersLang }, before, element("mark", {}, shown), after)
    : null);

  const sourceOf = ({ source }) => (source
    ? element("p", { class: "digest-finding__source" }, element("b", {}, text("source")), " ",
      element("q", { lang: bar.dataset.paperLang }, source))
    : null);

  const head = (finding) => element("p", { class: "digest-finding__message" },
    element("span", { class: "digest-finding__severity" }, icon(SIGNS[finding.severity]), text(finding.severity)),
    " ", finding.message);

  const card = (finding, place) => {
    const box = element("div", {
      class: `digest-finding digest-finding--${finding.severity}${finding.same ? " digest-finding--same" : ""}`, tabindex: "-1", "data-finding": finding.id,
    }, head(finding), excerpt(finding), sourceOf(finding));
    const actions = element("div", { class: "digest-finding__actions" }, offer(finding, place));
    desk.findingForms.forEach((make) => actions.append(...make(finding, box)));
    box.append(actions);
    return box;
  };

  const restore = async (finding) => {
    try {
      Object.assign(data, await desk.post(finding.urls.restore));
      draw();
    } catch (error) {
      desk.announce(error.message);
    }
  };

  const dismissedCard = (finding) => element("li", {}, head(finding), element("p", { class: "digest-finding__reason" },
    text("dismissed_by", finding.dismissed), " ",
    desk.button({ label: text("restore"), onClick: () => restore(finding) })));

  const dismissedList = (findings) => (findings.length
    ? element("details", { class: "digest-dismissed" },
      element("summary", {}, text("dismissed_list", { count: findings.length })),
      element("ul", {}, ...findings.map(dismissedCard)))
    : null);

  /* Where a finding is shown: at its field; at the head where it is of the page as a whole or its place is gone. */
  const holderOf = (finding) => {
    const place = desk.place(finding.place);
    if (place) return [place.anchor(finding.sub), place];
    const field = finding.place && document.querySelector(`form [data-contentpath="${CSS.escape(finding.place)}"]`);
    return [field && !finding.place.startsWith("qa.") ? field : lost, null];
  };

  const boxOf = (holder, sub) => {
    const box = element("div", { class: "digest-findings", "data-sub": sub });
    if (holder === lost || sub !== "citations") holder.append(box);
    else holder.prepend(box);
    return box;
  };

  const isGone = (finding, holder) => holder === lost && finding.place.startsWith("qa.");

  const groups = () => {
    const found = new Map();
    data.findings.forEach((finding) => {
      const [holder, place] = holderOf(finding);
      if (!found.has(holder)) found.set(holder, { holder, place, sub: finding.sub, shown: [], dismissed: [] });
      const group = found.get(holder);
      if (finding.dismissed) group.dismissed.push(finding);
      else if (!applied.has(finding.id)) group.shown.push(finding);
    });
    return [...found.values()];
  };

  const drawGroup = ({ holder, place, sub, shown, dismissed }) => {
    const box = boxOf(holder, sub);
    shown.forEach((finding) => {
      const made = card(finding, place);
      if (isGone(finding, holder)) made.prepend(element("p", { class: "digest-finding__gone" }, text("gone")));
      box.append(made);
    });
    box.append(...[dismissedList(dismissed)].filter(Boolean));
  };

  /* Drawn anew as a whole; what somebody is typing into a finding's form stays until it is done. */
  const draw = () => {
    if (document.querySelector(".digest-finding__form")) return count();
    const focused = document.activeElement?.closest?.("[data-finding]")?.dataset.finding;
    document.querySelectorAll(".digest-findings").forEach((old) => old.remove());
    groups().forEach(drawGroup);
    document.querySelector(`[data-finding="${focused}"]`)?.focus({ preventScroll: true });
    return count();
  };

  /* Made once, so that counting anew does not take the focus away. */
  const counter = (severity) => {
    if (!counters.has(severity)) {
      counters.set(severity, element("button", {
        type: "button", class: `digest-count digest-count--${severity}`, "aria-keyshortcuts": KEYS[severity],
        title: `${text(`next_${severity}`)} (${KEYS[severity]})`, onclick: () => step(1, severity),
      }));
    }
    return counters.get(severity);
  };

  const tell = (holder, number, ...shown) => {
    holder.dataset.count = number;
    holder.replaceChildren(...shown);
  };

  const count = () => {
    const now = standing();
    SEVERITIES.forEach((severity) => {
      const number = now.filter((one) => one.severity === severity).length;
      tell(counter(severity), number, icon(SIGNS[severity]), `${text(`${severity}s`)}: ${number}`);
    });
    const waiting = desk.states.waiting().length;
    tell(bar.querySelector(".digest-count--waiting"), waiting, icon("user"),
      text("waiting", { count: waiting, total: desk.places().length }));
    document.dispatchEvent(new CustomEvent("digest:counted"));
  };

  /* In the page's order, which is the order in which an editor reads; of one severity only where it is told. */
  const step = (by, severity) => {
    const all = [...document.querySelectorAll("[data-finding]")];
    if (by < 0) all.reverse();
    const here = all.findIndex((one) => one.dataset.finding === current);
    const ahead = [...all.slice(here + 1), ...all.slice(0, here + 1)];
    const next = severity ? ahead.find((one) => one.matches(`.digest-finding--${severity}`)) : ahead[0];
    if (!next) return desk.announce(text(severity ? "none_of_these" : "none"));
    current = next.dataset.finding;
    const folded = [...document.querySelectorAll("[data-panel] > [hidden]")].filter((one) => one.contains(next));
    folded.forEach((one) => one.parentElement.querySelector("[data-panel-toggle]")?.click());
    next.scrollIntoView({ block: "center", behavior: "instant" });
    return next.focus({ preventScroll: true });
  };

  const onKey = (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    const severity = SEVERITIES.find((one) => KEYS[one] === `Alt+${event.code.replace("Digit", "")}`);
    const by = { KeyJ: 1, KeyK: -1 }[event.code] ?? (severity && 1);
    if (!by) return;
    event.preventDefault();
    step(by, severity);
  };

  desk.findings = { draw, step, standing };

  const start = () => {
    bar = document.querySelector("[data-digest-review]");
    lost = document.querySelector("[data-digest-lost]");
    if (!bar) return;
    bar.querySelector("[data-digest-counts]").append(...SEVERITIES.map(counter),
      element("span", { class: "digest-count digest-count--waiting" }));
    bar.closest("[data-panel]").after(lost); // the panel stays in sight; what it may hold must not cover the page
    const tool = (way, picture, key, by) => {
      const made = desk.button({ label: text(way), icon: picture, key, onClick: () => step(by) });
      made.setAttribute("aria-label", text(`${way}_finding`));
      made.append(" ", element("kbd", { "aria-hidden": "true" }, key));
      return made;
    };
    bar.querySelector("[data-digest-tools]").append(
      tool("previous", "arrow-up", "Alt+K", -1), tool("next", "arrow-down", "Alt+J", 1),
      element("span", { class: "digest-help" }, element("kbd", {}, "Alt+A"), ` ${text("approve_help")}`));
    document.addEventListener("keydown", onKey);
    let isDue = false;
    const later = () => {
      if (!isDue) setTimeout(() => { isDue = false; draw(); }, 50);
      isDue = true;
    };
    ["digest:place-added", "digest:place-removed"].forEach((name) => document.addEventListener(name, later));
    document.addEventListener("digest:state", () => requestAnimationFrame(count));
    document.addEventListener("digest:refreshed", () => { applied.clear(); draw(); });
    document.addEventListener("w-autosave:success", () => desk.refresh().catch((error) => desk.announce(error.message)));
    later();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
