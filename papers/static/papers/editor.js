/* Questions and answers in the page editor: the language of each field, and labels for what needs a look. */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  const setLanguages = (element) => {
    const panel = element.closest("[data-readers-lang]");
    if (!panel) return;
    const { readersLang, paperLang } = panel.dataset;
    element.querySelectorAll("textarea").forEach((field) => {
      field.lang = /-(question|answer)$/.test(field.name) ? readersLang : paperLang;
    });
  };

  const problemsOf = (state, texts) => {
    const problems = [];
    if (!state.answer?.trim() && !state.answer_original?.trim()) {
      const reason = state.provenance?.problem;
      problems.push(reason ? `${texts.empty}: ${reason}` : texts.empty);
    }
    const unverified = state.citations.filter(({ value }) => value.quote?.trim() && !value.verified).length;
    if (unverified) problems.push(`${texts.unverified} ${unverified}`);
    return problems;
  };

  /* Labels stand in the block's heading, so that they show while it is folded as well. */
  const label = (block, texts) => {
    const heading = block.container[0].closest("[data-panel]")?.querySelector("[data-panel-heading]");
    if (!heading) return;
    heading.querySelectorAll(".digest-label").forEach((old) => old.remove());
    problemsOf(block.getState(), texts).forEach((text) => {
      const mark = document.createElement("span");
      mark.className = "digest-label";
      mark.textContent = text;
      heading.append(" ", mark);
    });
  };

  class QABlockDefinition extends StructBlockDefinition {
    render(...args) {
      const block = super.render(...args);
      const element = block.container[0];
      element.digestQA = block; // the review desk finds it here
      const { question_original: question, answer_original: answer } = block.getState();
      element.classList.toggle("digest-qa--paired", Boolean(question || answer));
      const look = () => requestAnimationFrame(() => { setLanguages(element); label(block, this.meta.texts); });
      ["input", "change", "click"].forEach((name) => element.addEventListener(name, look));
      look();
      return block;
    }
  }

  window.telepath.register("papers.QABlock", QABlockDefinition);

  /* Wagtail scrolls softly to the place that an address names, but the sizing of many text fields stops it half-way.
     So go there once they stand, and put the cursor where something is missing. */
  const goToPlace = () => {
    const path = new URLSearchParams(location.hash.split(":w:")[1]).get("contentpath");
    if (!path) return;
    const place = document.querySelector(path.split(".").map((name) => `[data-contentpath="${CSS.escape(name)}"]`).join(" "));
    if (!place) return;
    place.scrollIntoView({ behavior: "instant" });
    const fields = [...place.querySelectorAll("textarea, input:not([type=hidden])")].filter(
      (field) => field.offsetParent && !field.closest("[hidden]"),
    );
    (fields.find((field) => !field.value) ?? fields[0])?.focus({ preventScroll: true });
  };
  window.addEventListener("load", () => setTimeout(goToPlace, 1000));
})();
