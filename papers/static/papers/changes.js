/* What changed: the machine's text beside the form's, word by word; and what waits for a decision, to take into the form
   or leave. digestDesk.suggestions: offer(suggestion) shows one more, drop(suggestion) one less. */
(() => {
  const desk = window.digestDesk;
  if (!desk) return;
  const { data, element, text } = desk;
  const languages = () => document.querySelector("[data-readers-lang]")?.dataset ?? {};
  const boxes = new Map(); // by key: a suggestion's box, at its place or where the lost ones stand
  const keyOf = ({ id, key }) => `${id} ${key ?? ""}`;

  const quoteOf = ({ page, quote }) => (page ? `${page}: ${quote}` : quote);

  const textsOf = (place) => {
    if (!place) return { place: "qa" };
    if (place.kind === "field") return { place: place.name, text: place.getText(), hash: desk.hashOf?.(place) ?? "" };
    const texts = Object.fromEntries(place.subs().map((sub) => [sub, place.getText(sub)]));
    const { hash } = place.block.getState().provenance;
    return { ...texts, place: place.name, quotes: place.citations().map(quoteOf).join("\n"), hash: hash ?? "" };
  };

  const piece = ([mark, words]) => {
    if (!mark) return words;
    const told = text(mark === "del" ? "changes_deleted" : "changes_inserted");
    return element(mark, {}, element("span", { class: "w-sr-only" }, `${told} `), words);
  };

  const row = ({ sub, label, same, pieces }) => {
    const { readersLang, paperLang } = languages();
    const lang = ["quotes", "answer_original"].includes(sub) ? paperLang : readersLang;
    const words = element("p", { class: "digest-diff", lang }, ...pieces.map(piece));
    return element("div", {}, element("h4", { class: "w-label-3" }, `${label}${same ? ` ${text("changes_same")}` : ""}`), words);
  };

  const fill = async (holder, fields) => {
    try {
      const { rows, by = "" } = await desk.post(data.urls.changes, fields);
      const known = rows.length && rows.every(({ same }) => same) ? text("changes_none") : "";
      holder.replaceChildren(element("p", { class: "digest-diff__by" }, [by, known].filter(Boolean).join(" ")), ...rows.filter(({ same }) => !same).map(row));
    } catch (error) {
      holder.replaceChildren(element("p", { class: "digest-redraft__fault", role: "alert" }, error.message));
    }
  };

  desk.eachPlace((place) => {
    const changes = place.addButton({ label: text("changes"), icon: "history", key: "Alt+W", onClick: () => {
      if (changes.hidden) {
        desk.remark(place, text("place_empty"));
        return;
      }
      const body = place.region("changes", text("changes"));
      body.open();
      body.details.querySelector("summary").focus();
      fill(body, textsOf(place));
    } });
    const offerIt = () => { changes.hidden = place.subs().every((sub) => !place.getText(sub).trim()); };
    ["input", "change"].forEach((name) => place.element.addEventListener(name, offerIt));
    requestAnimationFrame(offerIt);
  });

  /* A suggestion's place in the form now; for one of several Q&As, the one with the same question. */
  const placeOf = ({ place, value }) => (place === "qa"
    ? desk.places().find((other) => other.kind === "qa" && other.getText("question") === value.question)
    : desk.place(place));

  const decide = (suggestion, taken) => desk.post(suggestion.url, { taken: taken ? 1 : "", key: suggestion.key ?? "" });

  const drop = (suggestion) => {
    data.suggestions = data.suggestions.filter((other) => keyOf(other) !== keyOf(suggestion));
    draw();
  };

  /* The server first: what it keeps of the text makes it known as a machine's when the page is saved. */
  const take = async (suggestion) => {
    await decide(suggestion, true);
    let place = placeOf(suggestion);
    if (place) {
      desk.undoable(text("suggestion_taken", { place: place.label }), desk.putIn(place, suggestion));
    } else {
      place = await desk.addQuestion(suggestion.value);
      desk.announce(text("suggestion_taken", { place: place.label }));
    }
    drop(suggestion);
    place.focus();
  };

  const leave = async (suggestion) => {
    await decide(suggestion, false);
    drop(suggestion);
    desk.announce(text("suggestion_left"));
  };

  const actions = (suggestion) => {
    const fault = element("p", { class: "digest-redraft__fault", role: "alert" });
    const doing = (act) => async () => {
      try {
        await act(suggestion);
      } catch (error) {
        fault.textContent = error.message;
      }
    };
    return element("div", { class: "digest-diff__actions" },
      desk.button({ label: text(placeOf(suggestion) ? "suggestion_take" : "redraft_add"), icon: "check", className: "", onClick: doing(take) }),
      desk.button({ label: text("suggestion_leave"), icon: "cross", onClick: doing(leave) }), fault);
  };

  const boxFor = (suggestion, place) => {
    const diff = element("div");
    const title = place ? `${text("suggestion")}: ${place.label}` : text("suggestion_new", { question: suggestion.value.question });
    const details = element("details", { open: suggestion.isNew }, element("summary", {}, title), element("p", { class: "digest-diff__by" }, suggestion.reason), diff, actions(suggestion));
    const load = () => {
      if (details.open) fill(diff, { ...textsOf(place), suggestion: suggestion.id, key: suggestion.key ?? "" });
    };
    details.addEventListener("toggle", load);
    return Object.assign(element("section", { class: "digest-region digest-suggestion", "aria-label": title }, details), { placeName: place?.name ?? "" });
  };

  const lost = () => document.querySelector("[data-digest-lost]") ?? document.getElementById("qa-root");

  /* Each open suggestion at its place; where the place is gone, at the top. Boxes that stand right are let be. */
  const draw = () => {
    if (!data.suggestions) return;
    const open = new Map(data.suggestions.map((suggestion) => [keyOf(suggestion), suggestion]));
    boxes.forEach((box, key) => {
      const standing = open.get(key);
      if (standing && box.isConnected && box.placeName === (placeOf(standing)?.name ?? "")) return;
      box.remove();
      boxes.delete(key);
    });
    open.forEach((suggestion, key) => {
      const place = placeOf(suggestion);
      if (boxes.has(key) || (!place && !suggestion.place.startsWith("qa"))) return;
      const box = boxFor(suggestion, place);
      boxes.set(key, box);
      if (place) (place.lastRegion ?? place.toolbar).after(box);
      else lost().append(box);
    });
  };

  const offer = (suggestion) => {
    data.suggestions = [...data.suggestions.filter((other) => keyOf(other) !== keyOf(suggestion)), { key: "", ...suggestion, isNew: true }];
    draw();
  };

  desk.suggestions = { offer, drop };
  ["digest:place-added", "digest:place-removed", "digest:refreshed"].forEach((name) => document.addEventListener(name, () => requestAnimationFrame(draw)));
  window.addEventListener("load", () => requestAnimationFrame(draw));
})();
