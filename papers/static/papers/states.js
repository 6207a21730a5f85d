/* The state of each place: a badge that follows the text by itself, and the editor's approval, carried in the form.
   digestDesk.states: stateOf(place), mark(place, state) for a text that a script has put there, approve(place),
   waiting() → places that a machine wrote. digestDesk.remark(place, words) shows words beside a place's buttons.
   Event at document: digest:state, detail {place, state}. */
(() => {
  const desk = window.digestDesk;
  if (!desk) return;
  const { data, element, text } = desk;
  const known = new WeakMap(); // place → Map of what it said → its state then
  const badges = new WeakMap();
  const stamps = new WeakMap(); // a Q&A's `approved` as the server knows it
  let sent = null;

  const said = (place) => {
    if (place.kind === "field") return place.getText();
    const quotes = place.citations().map(({ page, quote }) => [String(page ?? ""), quote ?? ""]);
    return JSON.stringify([place.getText("question"), place.getText("answer"), place.getText("answer_original"), quotes]);
  };

  const isEmpty = (place) => ["question", "answer", "answer_original", place.name].every((sub) => !place.getText(sub).trim());

  const stateOf = (place) => (isEmpty(place) ? "empty" : known.get(place)?.get(said(place)) ?? "edited");

  const stampOf = (place) => place.block.childBlocks.provenance.childBlocks.approved;

  /* The form carries what is approved now; the server turns it into the hash of the text that is sent along. */
  const carry = (place, isApproved) => {
    if (place.kind === "field") {
      const field = document.querySelector("form input[name=approved]");
      const names = new Set(field.value.split(" ").filter(Boolean));
      names[isApproved ? "add" : "delete"](place.name);
      field.value = [...names].join(" ");
    } else {
      stampOf(place).setState(isApproved ? "now" : stamps.get(place));
    }
  };

  const show = (place) => {
    const state = stateOf(place);
    const badge = badges.get(place);
    if (badge.dataset.state === state) return;
    const before = badge.dataset.state;
    badge.dataset.state = state;
    badge.textContent = text(state);
    place.approveButton.hidden = state !== "machine";
    if (before === "approved" || place.isApprovedHere) carry(place, Boolean(place.isApprovedHere) && state === "approved");
    document.dispatchEvent(new CustomEvent("digest:state", { detail: { place, state } }));
  };

  const mark = (place, state) => {
    known.get(place).set(said(place), state);
    show(place);
  };

  /* A word beside a place's buttons, until somebody types or clicks. */
  desk.remark = (place, words) => {
    const said = element("span", { class: "digest-remark" }, words);
    place.toolbar.querySelector(".digest-remark")?.remove();
    place.toolbar.append(said);
    desk.announce(words);
    ["input", "click"].forEach((name) => document.addEventListener(name, () => said.remove(), { once: true }));
  };

  const waiting = () => desk.places().filter((place) => stateOf(place) === "machine");

  const approve = (place) => {
    if (stateOf(place) === "empty") return desk.remark(place, text("place_empty"));
    if (stateOf(place) !== "machine") return goOn(place);
    place.isApprovedHere = true;
    carry(place, true);
    mark(place, "approved");
    /* Autosave and the warning about unsaved changes listen for this. */
    place.fields[place.subs()[0]].dispatchEvent(new Event("change", { bubbles: true }));
    desk.announce(text("approved_now", { place: place.label }));
    return goOn(place);
  };

  /* To the next place that is not approved, from the top again after the last. */
  const goOn = (place) => {
    const places = desk.places();
    const from = places.indexOf(place) + 1;
    const next = [...places.slice(from), ...places.slice(0, from)].find((other) => stateOf(other) === "machine");
    if (next) next.focus();
    else desk.announce(text("all_approved"));
  };

  desk.states = { stateOf, mark, approve, waiting };

  const firstState = (place) => {
    if (data.states[place.name]) return data.states[place.name];
    const stamp = place.block?.getState().provenance ?? {};
    return stamp.hash && stamp.backend ? "machine" : "edited"; // a Q&A's copy
  };

  desk.eachPlace((place) => {
    const badge = element("span", { class: "digest-state" });
    badges.set(place, badge);
    place.toolbar.prepend(badge);
    place.approveButton = place.addButton({ label: text("approve"), icon: "check", key: "Alt+A", onClick: approve });
    known.set(place, new Map([[said(place), firstState(place)]]));
    if (place.kind === "qa") stamps.set(place, stampOf(place).getState() ?? "");
    show(place);
  });

  let isDue = false;
  const showAll = () => {
    if (!isDue) requestAnimationFrame(() => { isDue = false; desk.places().forEach(show); });
    isDue = true;
  };
  ["input", "change", "click"].forEach((name) => document.addEventListener(name, showAll));

  /* The server's states hold for what was sent to it, which may not be what stands or is approved by now. */
  document.addEventListener("w-autosave:save", () => {
    sent = new Map(desk.places().map((place) => [place, { words: said(place), then: stateOf(place) }]));
  });
  document.addEventListener("digest:refreshed", () => {
    sent?.forEach(({ words, then }, place) => {
      const state = data.states[place.name];
      const now = known.get(place).get(words) ?? "edited";
      if (state && (now === then || then === "empty")) known.get(place).set(words, state);
    });
    showAll();
  });
})();
