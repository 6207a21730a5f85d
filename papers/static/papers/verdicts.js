/* What an editor says to a finding: that it is no fault, or which term of the glossary would tell it everywhere. */
(() => {
  const desk = window.digestDesk;
  if (!desk) return;
  const { data, element, text } = desk;
  desk.findingForms = [];
  let forms = 0;

  /* A form inside the page's form cannot be a form element; Enter sends it all the same. */
  const openForm = (box, fields, label, send) => {
    box.querySelector(".digest-finding__form")?.remove();
    const said = element("p", { class: "digest-finding__error", role: "alert" });
    const close = () => { holder.remove(); box.focus(); desk.findings.draw(); };
    const submit = async () => {
      try {
        await send(holder, close);
      } catch (error) {
        said.textContent = error.message;
      }
    };
    const holder = element("div", { class: "digest-finding__form", role: "group", onkeydown: (event) => {
      if (event.key === "Escape") close();
      if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      submit();
    } }, ...fields, said, desk.button({ label, className: "", onClick: submit }), desk.button({ label: text("cancel"), onClick: close }));
    /* Not part of the page: what is typed here is neither saved nor a change of it. */
    ["input", "change"].forEach((name) => holder.addEventListener(name, (event) => event.stopPropagation()));
    box.append(holder);
    holder.querySelector("input").focus();
  };

  const field = (label, attributes) => {
    forms += 1;
    const id = `digest-verdict-${forms}`;
    return element("div", { class: "digest-finding__field" }, element("label", { for: id }, label), element("input", { type: "text", id, form: "digest-none", ...attributes }));
  };

  const valueOf = (holder, name) => holder.querySelector(`[data-name=${name}]`).value;

  const dismiss = (finding, box) => openForm(box, [field(text("reason"), { "data-name": "reason", maxlength: 1000 })], text("dismiss_now"), async (holder, close) => {
    Object.assign(data, await desk.post(finding.urls.dismiss, { reason: valueOf(holder, "reason") }));
    close();
    desk.announce(text("dismissed"));
  });

  const told = (box, { source, url, reach }) => {
    const note = element("p", { class: "digest-finding__told" }, text("term_saved", { term: source }), " ", reach);
    if (url) note.append(" ", element("a", { href: url, target: "_blank", rel: "noopener" }, text("term_open")));
    box.append(note);
    desk.announce(text("term_saved", { term: source }));
  };

  /* A term that matches nearly everything: its count, and a checkbox. What was typed stays. */
  const askFirst = (holder, { ask, label }) => {
    const asked = holder.querySelector("[data-name=all_the_same]")
      ?? field(label, { "data-name": "all_the_same", type: "checkbox" });
    if (!asked.isConnected) holder.querySelector(".digest-finding__error").after(asked);
    throw new Error(ask);
  };

  const addTerm = (finding, box) => {
    const [source, wrong] = finding.term;
    const keep = field(text("term_keep"), { "data-name": "keep", type: "checkbox" });
    openForm(box, [
      field(text("term_source"), { "data-name": "source", value: source, maxlength: 200 }),
      field(text("term_wrong"), { "data-name": "wrong", value: wrong, maxlength: 200 }),
      field(text("term_target"), { "data-name": "target", value: finding.suggestion ?? "", maxlength: 200 }),
      keep,
    ], text("term_save"), async (holder, close) => {
      const names = ["source", "wrong", "target"];
      const fields = Object.fromEntries(names.map((name) => [name, valueOf(holder, name)]));
      if (keep.querySelector("input").checked) fields.keep = "1";
      if (holder.querySelector("[data-name=all_the_same]")?.checked) fields.all_the_same = "1";
      const answer = await desk.post(data.urls.term, fields);
      if (answer.ask) askFirst(holder, answer);
      close();
      told(document.querySelector(`[data-finding="${finding.id}"]`) ?? box, answer);
    });
  };

  desk.findingForms.push((finding, box) => [
    desk.button({ label: text("dismiss"), onClick: () => dismiss(finding, box) }),
    ...(finding.term
      ? [desk.button({ label: text("term"), icon: "openquote", onClick: () => addTerm(finding, box) })]
      : []),
  ]);
})();
