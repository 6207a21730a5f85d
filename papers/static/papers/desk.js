/* What all parts of the review desk share: the places of the form, their toolbars and regions, and the way to the
   server. Loaded first. window.digestDesk has:

     data                   (empty until DOMContentLoaded) what papers.admin.desk_data says of the page; renewed by refresh()
     places(), place(name)  the places of the form now: `summary`, `qa.<block id>` …
     eachPlace(call)        call(place) for every place, those that are added later included
     post(url, data), get(url)   → the answer's JSON; throws Error with a sentence for people. `data` is an object that
                            is sent as form fields (request.POST); a list becomes a repeated field
     refresh()              findings and states anew; sends `digest:refreshed` to document
     announce(text), undoable(text, undo), text(key, params), element(tag, attributes, ...children), icon(name)

   A place has: name, kind ("field" or "qa"), element, toolbar, block (Wagtail's, for a Q&A), fields ({answer: textarea}),
   label, getText(sub), setText(sub, text), citations(), anchor(sub), addButton(…), region(id, title), focus(sub).
   A field has one sub: its own name. Events at document: digest:place-added, digest:place-removed, detail {place};
   digest:scanned after each look at the form, which may have been put in another order. */
(() => {
  const data = {}; // filled when the document stands; scripts are loaded before it
  const known = new Map();
  const TEXTS = ["question", "answer", "question_original", "answer_original"];
  let form = null;

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
    });
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  };

  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", `icon icon-${name}`);
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#icon-${name}`);
    svg.append(use);
    return svg;
  };

  const text = (key, params = {}) => (data.texts[key] ?? key).replace(/%\((\w+)\)[sd]/g, (all, name) => params[name] ?? all);

  const tellField = (field) => ["input", "change"].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));

  const button = ({ label, icon: picture, key, onClick, className = "button-secondary" }) => {
    const made = element("button", { type: "button", class: `button button-small ${className}`, onclick: (event) => onClick(event) });
    if (picture) made.append(icon(picture), " ");
    made.append(label);
    if (key) {
      made.setAttribute("aria-keyshortcuts", key);
      made.title = key;
    }
    return made;
  };

  class Place {
    constructor(name, holder) {
      Object.assign(this, { name, element: holder, keys: new Map() });
      this.toolbar = element("div", { class: "digest-toolbar", role: "group", "aria-label": text("tools") });
    }

    addButton(options) {
      const made = button({ ...options, onClick: (event) => options.onClick(this, event) });
      if (options.key) this.keys.set(options.key, () => options.onClick(this));
      this.toolbar.append(made);
      return made;
    }

    /* A section below the toolbar that can be folded. Returns its body; body.open(), body.close() and body.section. */
    region(id, title) {
      const old = this.regions?.[id];
      if (old) return old;
      const body = element("div", { class: "digest-region__body" });
      const details = element("details", { class: "digest-region", open: true }, element("summary", {}, title), body);
      const section = element("section", { "aria-label": title, "data-region": id }, details);
      (this.lastRegion ?? this.toolbar).after(section);
      this.lastRegion = section;
      Object.assign(body, { section, details });
      body.open = () => { section.hidden = false; details.open = true; };
      body.close = () => { section.hidden = true; };
      this.regions = { ...this.regions, [id]: body };
      return body;
    }

    subs() { return Object.keys(this.fields); }

    getText(sub = this.subs()[0]) { return this.fields[sub]?.value ?? ""; }

    focus(sub) {
      const field = this.fields[sub] ?? this.fields[this.kind === "qa" ? "answer" : this.name];
      field?.focus({ preventScroll: true });
      (field ?? this.element).scrollIntoView({ block: "center", behavior: "instant" });
    }
  }

  class FieldPlace extends Place {
    constructor(name, field) {
      super(name, field.closest("[data-contentpath]") ?? field.closest(".w-field"));
      this.kind = "field";
      this.fields = { [name]: field };
      this.element.prepend(this.toolbar);
    }

    get label() { return data.labels[this.name] ?? this.name; }

    setText(sub, value) {
      const field = this.fields[this.name];
      field.value = value;
      tellField(field);
    }

    citations() { return []; }

    /* Where what belongs to a field is put: below it. */
    anchor() { return this.element; }
  }

  class QAPlace extends Place {
    constructor(name, holder) {
      super(name, holder);
      this.kind = "qa";
      this.block = holder.digestQA;
      holder.before(this.toolbar);
    }

    get fields() {
      const found = TEXTS.map((sub) => [sub, this.element.querySelector(`[data-contentpath="${sub}"] textarea`)]);
      return Object.fromEntries(found.filter(([, field]) => field));
    }

    get label() {
      const all = [...form.querySelectorAll(".digest-qa")].filter((other) => !isDeleted(other));
      return text("question", { number: all.indexOf(this.element) + 1 });
    }

    setText(sub, value) {
      this.block.childBlocks[sub].setState(value);
      tellField(this.fields[sub]);
    }

    citations() {
      return this.block.childBlocks.citations.children.map((child) => ({
        id: child.id,
        element: child.element,
        ...child.block.getState(),
        set: (changes) => {
          Object.entries(changes).forEach(([name, value]) => child.block.childBlocks[name].setState(value));
          tellField(child.element.querySelector("textarea"));
        },
      }));
    }

    anchor(sub) { return this.element.querySelector(`:scope [data-contentpath="${sub}"]`) ?? this.element; }
  }

  /* The element of a stream's child, whose content path is the block's id. */
  const childOf = (holder) => holder.parentElement.closest("[data-contentpath]");
  const isDeleted = (holder) => childOf(holder)?.getAttribute("aria-hidden") === "true";

  const tell = (name, place) => document.dispatchEvent(new CustomEvent(`digest:${name}`, { detail: { place } }));

  const scan = () => {
    const seen = new Set();
    const found = (name, make) => {
      seen.add(name);
      if (known.has(name)) return;
      known.set(name, make());
      tell("place-added", known.get(name));
    };
    data.fields.forEach((name) => {
      const field = form.querySelector(`[name="${name}"]`);
      if (field) found(name, () => new FieldPlace(name, field));
    });
    form.querySelectorAll(".digest-qa").forEach((holder) => {
      if (holder.digestQA && !isDeleted(holder)) {
        found(`qa.${childOf(holder).dataset.contentpath}`, () => new QAPlace(`qa.${childOf(holder).dataset.contentpath}`, holder));
      }
    });
    [...known.keys()].filter((name) => !seen.has(name)).forEach((name) => {
      const place = known.get(name);
      known.delete(name);
      tell("place-removed", place);
    });
    document.dispatchEvent(new CustomEvent("digest:scanned"));
  };

  /* In the form's order, which is not the order in which the places came. */
  const places = () => [...known.values()].sort((one, other) =>
    one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);

  const eachPlace = (call) => {
    places().forEach(call);
    document.addEventListener("digest:place-added", ({ detail }) => call(detail.place));
  };

  const ask = async (url, options) => {
    let answer = null;
    try {
      answer = await fetch(url, { credentials: "same-origin", ...options, headers: { Accept: "application/json", ...options.headers } });
    } catch {
      throw new Error(text("offline"));
    }
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.error ?? text("failed", { status: answer.status }));
    return told;
  };

  const get = (url) => ask(url, {});

  const post = (url, fields = {}) => {
    const body = new URLSearchParams();
    Object.entries(fields).forEach(([name, value]) => [value].flat().forEach((one) => body.append(name, one ?? "")));
    return ask(url, { method: "POST", body, headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value } });
  };

  const refresh = async () => {
    Object.assign(data, await get(data.urls.desk));
    document.dispatchEvent(new CustomEvent("digest:refreshed"));
  };

  const live = element("div", { class: "w-sr-only", role: "status", "aria-live": "polite" });
  const announce = (said) => {
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = said; });
  };

  const message = element("div", { class: "digest-undo", hidden: true, role: "group" });
  /* What was typed since would be undone as well, so the offer ends with the next word that somebody types. */
  const undoable = (said, undo) => {
    message.replaceChildren(element("span", {}, said), button({ label: text("undo"), icon: "rotate", onClick: () => {
      message.hidden = true;
      undo();
      announce(text("undone"));
    } }), button({ label: text("close"), onClick: () => { message.hidden = true; } }));
    message.hidden = false;
    announce(said);
  };

  const focused = () => places().find((place) => [place.element, place.toolbar, ...(place.regions ? Object.values(place.regions) : [])]
    .some((part) => part.contains(document.activeElement)));

  /* Letters are told by their key on the keyboard: with Alt, a Mac types another sign. */
  const onKey = (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    const call = focused()?.keys.get(`Alt+${event.code.replace("Key", "")}`);
    if (!call) return;
    event.preventDefault();
    call();
  };

  window.digestDesk = {
    data, places, eachPlace, get, post, refresh, announce, undoable, text, element, icon, button, focused,
    place: (name) => known.get(name),
  };

  const start = () => {
    const source = document.getElementById("digest-desk-data");
    if (!source) return;
    Object.assign(data, JSON.parse(source.textContent));
    form = source.closest("form");
    document.body.append(live, message);
    document.addEventListener("keydown", onKey);
    form.addEventListener("input", (event) => { if (event.isTrusted) message.hidden = true; });
    let waiting = false;
    const later = () => {
      if (!waiting) requestAnimationFrame(() => { waiting = false; scan(); });
      waiting = true;
    };
    new MutationObserver(later).observe(form, { childList: true, subtree: true, attributeFilter: ["aria-hidden"] });
    later();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
