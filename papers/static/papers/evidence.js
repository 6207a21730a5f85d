/* The evidence of a quote beside its answer: the page's text with the quote marked, a picture of the page, and other
   sentences to quote instead. Builds on citations.js, whose buttons call digestDesk.evidence.open. */
(() => {
  const desk = window.digestDesk;
  const text = (key, params) => desk.text(`evidence_${key}`, params);
  const SETTLING = 1000; // milliseconds

  const start = () => {
    if (!desk.data.urls?.evidence) return;
    const { element: make, button } = desk;
    const { find, numberOf, mark, put, setVerdict } = desk.quotes;
    let shown = null; // {place, holder, opener, page, asked} while the panel is open

    /* The panel */

    const title = make("h2", { class: "digest-evidence__title", id: "digest-evidence-title", tabindex: "-1" });
    const verdict = make("div", { class: "digest-evidence__verdict", role: "status" });
    const pager = make("nav", { class: "digest-evidence__pager", "aria-label": text("page", { page: "" }).trim() });
    const problem = make("p", { class: "digest-evidence__problem", hidden: true });
    const words = make("div", { class: "digest-evidence__text", tabindex: "0", role: "region", "aria-label": text("text") });
    const picture = make("div", { class: "digest-evidence__picture" });
    const sentences = make("ol", { class: "digest-evidence__sentences" });
    const fold = (name, open, ...children) => make("details", { open }, make("summary", {}, text(name)), ...children);
    const textPart = fold("text", true, words, button({ label: text("selection"), onClick: () => takeSelection() }));
    const sentencePart = fold("sentences", false, sentences);
    const panel = make("aside", { class: "digest-evidence", role: "dialog", "aria-labelledby": title.id, hidden: true },
      make("header", {}, title, button({ label: text("close"), icon: "cross", onClick: () => close() })),
      verdict, pager, problem, textPart, fold("picture", true, picture), sentencePart);

    const showVerdict = ({ verified, found, near, problem: reason }, citation) => {
      if (reason) verdict.replaceChildren();
      else if (verified) verdict.replaceChildren(mark(true, text("verified", { page: found })));
      else if (found) {
        verdict.replaceChildren(mark(false, text("elsewhere", { page: found, cited: citation.page })), " ",
          button({ label: text("take_page", { page: found }), onClick: () => take(citation.quote, found) }));
      } else {
        verdict.replaceChildren(mark(false, text("unverified")), near ? ` ${text("near")} ` : " ",
          button({ label: text("again"), onClick: () => load() }));
      }
    };

    const turn = (label, number) => {
      const made = button({ label: text(label), onClick: async () => { await load(number); title.focus(); } });
      made.disabled = number === undefined;
      return made;
    };

    const showPager = ({ pages, shown: number, link }) => {
      const at = pages.indexOf(number);
      const name = pages.length ? text("of", { page: number, count: pages.at(-1) }) : text("page", { page: number });
      pager.replaceChildren(turn("previous", pages[at - 1]), make("span", {}, name), turn("next", at < 0 ? undefined : pages[at + 1]));
      if (link) pager.append(make("a", { href: link, target: "_blank", rel: "noreferrer" }, text("open")));
    };

    const showText = ({ segments, language, near, problem: reason }) => {
      problem.textContent = reason;
      problem.hidden = !reason;
      textPart.hidden = Boolean(reason);
      words.lang = language;
      words.replaceChildren(...segments.map((piece) => (piece.marked ? make("mark", { class: near ? "is-near" : null }, piece.text) : piece.text)));
      const marked = words.querySelector("mark");
      words.scrollTop = marked ? marked.offsetTop - words.clientHeight / 3 : 0;
    };

    const showSentences = ({ sentences: offered, language, shown: page }) => {
      sentencePart.hidden = !offered.length;
      sentences.lang = language;
      sentences.replaceChildren(...offered.map((sentence, index) => {
        const id = `digest-evidence-sentence-${index}`;
        const pick = button({ label: text("pick"), onClick: () => take(sentence, page) });
        pick.setAttribute("aria-describedby", id);
        return make("li", {}, make("span", { id }, sentence), " ", pick);
      }));
    };

    /* Fetched by script, so that a refusal can be read: an image that fails says nothing. */
    const showPicture = async ({ picture: url, shown: page }, isStill) => {
      picture.replaceChildren(url ? make("p", {}, text("loading")) : "");
      if (!url) return;
      const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
      const failed = answer?.ok ? "" : (await answer?.json().catch(() => null))?.error ?? desk.text("offline");
      const source = failed ? "" : URL.createObjectURL(await answer.blob());
      if (!isStill()) return URL.revokeObjectURL(source);
      const loaded = ({ target }) => URL.revokeObjectURL(target.src);
      picture.replaceChildren(failed ? make("p", {}, failed)
        : make("img", { src: source, alt: text("picture_alt", { page }), onload: loaded }));
    };

    const load = async (show = "") => {
      const asked = (shown.asked = {});
      const { place, holder } = shown;
      const isStill = () => shown?.asked === asked;
      const citation = find(place, holder);
      if (!citation) {
        close();
        return desk.announce(text("gone"));
      }
      try {
        const answer = await desk.post(desk.data.urls.evidence, { page: citation.page, quote: citation.quote, show });
        if (!isStill()) return;
        shown.page = answer.shown;
        if (!answer.problem) setVerdict(place, holder, answer.verified);
        showVerdict(answer, citation);
        showPager(answer);
        showText(answer);
        showSentences(answer);
        await showPicture(answer, isStill);
      } catch (error) {
        if (isStill()) verdict.replaceChildren(mark(false, error.message), " ", button({ label: text("again"), onClick: () => load() }));
      }
    };

    /* The answer with the quote below it where both fit between header and footer, else the quote. */
    const bringTogether = (place, holder) => {
      const answer = place.anchor("answer");
      const fits = holder.getBoundingClientRect().bottom - answer.getBoundingClientRect().top < window.innerHeight - 260;
      if (fits) answer.scrollIntoView({ block: "start", behavior: "instant" });
      else holder.scrollIntoView({ block: "center", behavior: "instant" });
    };

    /* Text fields take their height anew in the narrower form, a moment later. */
    const keepTogether = (place, holder) => {
      bringTogether(place, holder);
      const watch = new ResizeObserver(() => { if (shown?.holder === holder) bringTogether(place, holder); });
      watch.observe(place.element);
      setTimeout(() => watch.disconnect(), SETTLING);
    };

    const open = (place, holder, opener) => {
      shown?.holder.classList.remove("digest-citation-shown");
      shown = { place, holder, opener };
      holder.classList.add("digest-citation-shown");
      title.textContent = text("title", { place: place.label, number: numberOf(place, holder) });
      verdict.textContent = text("loading");
      [pager, words, picture, sentences].forEach((part) => part.replaceChildren());
      panel.hidden = false;
      document.body.classList.add("digest-evidence-open");
      keepTogether(place, holder);
      title.focus({ preventScroll: true });
      return load();
    };

    const close = () => {
      if (!shown) return undefined;
      const { opener, holder, place } = shown;
      holder.classList.remove("digest-citation-shown");
      shown = null;
      panel.hidden = true;
      document.body.classList.remove("digest-evidence-open");
      if (!opener.isConnected) return place.focus("answer");
      opener.focus({ preventScroll: true });
      const show = () => opener.scrollIntoView({ block: "center", behavior: "instant" });
      show();
      return requestAnimationFrame(show); // text fields take their height anew in the wider form
    };

    /* Remaking the citation */

    const take = async (quote, page) => {
      const { place, holder } = shown;
      try {
        const answer = await desk.post(desk.data.urls.verify, { quote, page });
        const citation = find(place, holder);
        if (!citation) return desk.announce(text("gone"));
        if (!answer.verified) return verdict.replaceChildren(mark(false, text("refused")));
        const before = { page: citation.page, quote: citation.quote, verified: citation.verified };
        put(place, holder, { quote, page: answer.page, verified: true });
        desk.undoable(text("picked"), () => put(place, holder, before));
      } catch (error) {
        verdict.replaceChildren(mark(false, error.message));
      }
    };

    const takeSelection = () => {
      const selection = window.getSelection();
      const chosen = words.contains(selection.anchorNode) && words.contains(selection.focusNode) ? selection.toString().trim() : "";
      if (!chosen) return verdict.replaceChildren(mark(false, text("nothing_selected")));
      return take(chosen.replace(/\s+/g, " "), shown.page);
    };

    document.body.append(panel);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || !shown) return;
      if (event.target.closest('[role="dialog"]:not(.digest-evidence), .tippy-box')) return; // Wagtail's own closes first
      event.preventDefault();
      close();
    });
    document.addEventListener("digest:quote-changed", ({ detail }) => { if (shown?.holder === detail.holder) load(); });
    document.addEventListener("digest:place-removed", ({ detail }) => { if (shown?.place === detail.place) close(); });
    desk.evidence = { open };
  };
  document.addEventListener("DOMContentLoaded", start);
})();
