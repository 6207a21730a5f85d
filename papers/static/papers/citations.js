/* At each quote of the form: whether the search finds it in the paper, and the way to its evidence.
   digestDesk.quotes: find(place, holder) → the citation whose element is `holder`, put(place, holder, changes),
   setVerdict(place, holder, verified), mark(good, words), numberOf. Event at document: digest:quote-changed, {holder}. */
(() => {
  const desk = window.digestDesk;
  const { element: make, button } = desk;
  const text = (key, params) => desk.text(`evidence_${key}`, params);
  const judged = new WeakMap(); // a citation's element → the page and quote that its flag is about

  const same = (citation) => `${citation.page ?? ""} ${citation.quote ?? ""}`;
  const find = (place, holder) => place.citations().find((citation) => citation.element === holder);
  const numberOf = (place, holder) => place.citations().findIndex((citation) => citation.element === holder) + 1;
  const tell = (holder) => document.dispatchEvent(new CustomEvent("digest:quote-changed", { detail: { holder } }));

  const mark = (good, said) => {
    const made = make("strong", { class: good ? "digest-verified" : "digest-unverified" });
    made.append(desk.icon(good ? "check" : "warning"), " ", said);
    return made;
  };

  const put = (place, holder, changes) => {
    const citation = find(place, holder);
    if (!citation) return desk.announce(text("gone"));
    judged.set(holder, same(changes));
    citation.set(changes);
    showFlag(place, holder);
    return tell(holder);
  };

  const showFlag = (place, holder) => {
    const flag = holder.querySelector("[data-digest-flag]");
    const citation = find(place, holder);
    if (!flag || !citation) return;
    const isEmpty = !citation.quote?.trim();
    const state = isEmpty ? "" : String(citation.verified);
    holder.classList.toggle("digest-citation-unverified", state === "false");
    if (flag.dataset.digestFlag === state) return;
    flag.dataset.digestFlag = state;
    flag.replaceChildren(isEmpty ? "" : mark(citation.verified, citation.verified ? text("is_verified") : text("unverified")));
  };

  const setVerdict = (place, holder, verified) => {
    const citation = find(place, holder);
    if (!citation) return;
    judged.set(holder, same(citation));
    if (citation.verified !== verified) citation.set({ verified });
    showFlag(place, holder);
  };

  /* What an editor types is found nowhere until it was searched for, which is as soon as the field is left. */
  const doubt = (place, holder) => {
    const citation = find(place, holder);
    if (citation?.verified && judged.get(holder) !== same(citation)) citation.set({ verified: false });
    showFlag(place, holder);
  };

  const judge = async (place, holder) => {
    const citation = find(place, holder);
    if (!citation || judged.get(holder) === same(citation)) return;
    judged.set(holder, same(citation));
    const { verified, page } = await desk.post(desk.data.urls.verify, { quote: citation.quote, page: citation.page });
    const now = find(place, holder);
    if (!now || same(now) !== same(citation)) return; // changed again meanwhile, and judged again
    setVerdict(place, holder, verified && (!citation.page || String(page) === String(citation.page)));
    tell(holder);
  };

  const dress = (place, citation) => {
    const holder = citation.element;
    const body = holder.querySelector(".digest-citation");
    if (!body || judged.has(holder)) return;
    judged.set(holder, same(citation));
    const opener = button({ label: text("button"), icon: "view", onClick: () => desk.evidence.open(place, holder, opener) });
    opener.setAttribute("aria-haspopup", "dialog");
    body.classList.add("digest-citation--judged");
    body.after(make("div", { class: "digest-citation__tools" }, opener, make("span", { "data-digest-flag": "?" })));
    holder.addEventListener("input", () => doubt(place, holder));
    holder.addEventListener("change", () => judge(place, holder).catch((error) => desk.announce(error.message)));
    showFlag(place, holder);
  };

  const dressAll = (place) => place.citations().forEach((citation, index) => {
    dress(place, citation);
    const opener = citation.element.querySelector(".digest-citation__tools button");
    const label = text("button_of", { number: index + 1 });
    if (opener && opener.getAttribute("aria-label") !== label) opener.setAttribute("aria-label", label);
  });

  /* By key or from the toolbar: the first quote that needs a look, else the first. */
  const openFirst = (place) => {
    const quotes = place.citations().filter(({ quote }) => quote?.trim());
    const first = quotes.find(({ verified }) => !verified) ?? quotes[0];
    if (!first) return desk.announce(text("none"));
    return desk.evidence.open(place, first.element, first.element.querySelector(".digest-citation__tools button"));
  };

  desk.quotes = { find, numberOf, mark, put, setVerdict };
  desk.eachPlace((place) => {
    if (place.kind !== "qa") return;
    place.addButton({ label: text("button"), icon: "view", key: "Alt+Q", onClick: openFirst });
    dressAll(place);
    new MutationObserver(() => dressAll(place)).observe(place.element, { childList: true, subtree: true });
  });
})();
