/* Redraft one text, and questions of an editor's own. What comes of it lands in the form, with undo; where the form has
   changed meanwhile it is offered instead (changes.js).
   digestDesk.putIn(place, suggestion) → undo; digestDesk.addQuestion(value) → its place; digestDesk.hashOf(place) → the hash
   of the machine's text that was put into a field, where it is not the page's. */
(() => {
  const desk = window.digestDesk;
  if (!desk) return;
  const { data, element, text } = desk;
  const POLL = 1000; // milliseconds
  const SLOW = 20; // seconds
  const PARTS = ["answer", "answer_original"];
  const hashes = new Map();
  let ids = 0;

  const tell = (place) => place.setText(place.subs()[0], place.getText());

  const setQA = (place, value) => {
    const { citations, provenance } = place.block.childBlocks;
    citations.setState(value.citations);
    provenance.setState(value.provenance);
    PARTS.forEach((sub) => place.setText(sub, value[sub] ?? ""));
    tell(place);
  };

  /* A block's state from a stored value: rows have ids of their own, and what is not set is empty. */
  const asState = (value) => ({
    ...value,
    citations: value.citations.map((row) => ({ value: { ...row, page: row.page ?? "" }, id: newId() })),
    provenance: { approved: "", problem: "", ...value.provenance },
  });

  const putIn = (place, suggestion) => {
    const undo = place.kind === "field" ? putText(place, suggestion) : putAnswer(place, suggestion);
    desk.states?.mark(place, "machine");
    return undo;
  };

  const putText = (place, suggestion) => {
    const before = place.getText();
    const hash = hashes.get(place.name);
    hashes.set(place.name, suggestion.hash);
    place.setText(place.name, suggestion.value);
    return () => {
      hashes.set(place.name, hash);
      place.setText(place.name, before);
    };
  };

  const putAnswer = (place, suggestion) => {
    const before = place.block.getState();
    setQA(place, asState(suggestion.value));
    return () => setQA(place, before);
  };

  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  /* A new block at the end; its place is there once the desk has seen it. */
  const addQuestion = (value) => new Promise((resolve) => {
    const stream = document.getElementById("qa-root").rootBlock;
    const id = newId();
    const look = ({ detail }) => {
      if (detail.place.name !== `qa.${id}`) return;
      document.removeEventListener("digest:place-added", look);
      resolve(detail.place);
    };
    document.addEventListener("digest:place-added", look);
    stream.insert({ type: "qa", value: asState(value), id }, stream.children.length, { animate: false, focus: true });
  });

  const said = (place) => JSON.stringify(place.kind === "field" ? place.getText() : [place.getText("question"), ...PARTS.map((sub) => place.getText(sub))]);

  const askedOf = (place, instruction) => {
    if (place.kind === "field") return { place: place.name, instruction, present: place.getText() };
    const { kind } = place.block.getState();
    const present = PARTS.map((sub) => place.getText(sub)).filter((part) => part.trim()).join("\n\n");
    return { place: place.name, instruction, present, kind, question: place.getText("question"), question_original: place.getText("question_original") };
  };

  const pause = () => new Promise((resolve) => { setTimeout(resolve, POLL); });

  /* Until the run has ended. A server that does not answer now and then is asked again. */
  const watch = async (first, show) => {
    const since = Date.now();
    let told = first;
    for (let silent = 0; told.active;) {
      const seconds = Math.round((Date.now() - since) / 1000);
      show(text("redraft_under_way", { status: told.label, seconds }) + (told.status === "queued" && seconds > SLOW ? ` ${text("redraft_slow")}` : ""));
      await pause();
      try {
        told = await desk.get(told.url);
        silent = 0;
      } catch (error) {
        silent += 1;
        if (silent > 10) throw error;
      }
    }
    return told;
  };

  const land = (place, before, suggestion) => {
    const standing = desk.place(place.name);
    if (!standing || said(standing) !== before) {
      desk.suggestions.offer(suggestion);
      desk.announce(text(standing ? "redraft_changed" : "redraft_gone", { question: suggestion.value.question }));
      return;
    }
    const undo = putIn(standing, suggestion);
    desk.suggestions.drop(suggestion); // a save may have brought it meanwhile
    desk.post(suggestion.url, { taken: 1 }).catch(() => {}); // else it is offered again at the next opening
    desk.undoable(text("redraft_done", { place: standing.label }), undo);
  };

  /* Another draft of the text may be under way, asked for by somebody else or before the page was opened: after it. */
  const asked = async (place, instruction, show) => {
    const before = said(place);
    const told = await desk.post(data.urls.redraft, askedOf(place, instruction));
    if (!told.other) return { before, run: told };
    await watch(told, (line) => show(`${text("redraft_other")} ${line}`));
    return asked(place, instruction, show);
  };

  const redraft = async (place, instruction, show) => {
    const { before, run } = await asked(place, instruction, show);
    const told = await watch(run, show);
    show("");
    if (told.status === "failed") throw new Error(text("redraft_failed", { reason: told.error }));
    if (!told.suggestion) throw new Error(text("redraft_nothing", { reason: told.note }));
    land(place, before, told.suggestion);
  };

  /* What is typed here is no part of the page: neither saved nor a change of it. */
  const inputFor = (label, maximum) => {
    ids += 1;
    const id = `digest-redraft-${ids}`;
    const input = element("input", { type: "text", id, form: "digest-none", maxlength: maximum });
    ["input", "change"].forEach((name) => input.addEventListener(name, (event) => event.stopPropagation()));
    return { input, field: element("div", { class: "digest-redraft__field" }, element("label", { for: id }, label), input) };
  };

  /* A line to type in, a button, and what became of it; `send(words, show)` may throw Error for people. Other words
     that are sent meanwhile are next. */
  const form = (label, maximum, action, send) => {
    const { input, field } = inputFor(label, maximum);
    const status = element("p", { class: "digest-redraft__status" });
    const next = element("p", { class: "digest-redraft__status", role: "status" });
    const fault = element("p", { class: "digest-redraft__fault", role: "alert" });
    let sent = null; // the words that are under way
    let queued = null;
    const queue = (words) => {
      queued = words === sent ? null : words;
      const said = words.trim() ? text("redraft_next", { instruction: words.trim() }) : text("redraft_next_plain");
      next.textContent = queued === null ? "" : said;
    };
    const carryOut = async (words) => {
      sent = words;
      fault.textContent = "";
      try {
        await send(words, (line) => { status.textContent = line; });
      } catch (error) {
        status.textContent = "";
        fault.textContent = error.message;
        starter.textContent = text("redraft_again");
      }
    };
    const start = async () => {
      if (sent !== null) {
        queue(input.value);
        return;
      }
      for (queued = input.value; queued !== null;) {
        const words = queued;
        queued = null;
        next.textContent = "";
        await carryOut(words);
      }
      sent = null;
    };
    const starter = desk.button({ label: action, className: "", onClick: start });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      start();
    });
    return { input, start, holder: element("div", { class: "digest-redraft", role: "group" }, field, starter, status, next, fault) };
  };

  const open = (place) => {
    const body = place.region("redraft", text("redraft_title", { place: place.label }));
    if (!body.form) {
      const wish = form(text("redraft_wish"), data.redraft.longest, text("redraft_start"), async (words, show) => {
        await redraft(place, words, show);
        if (body.form.input.value === words) body.close();
      });
      body.form = wish;
      body.append(wish.holder);
    }
    body.open();
    return body.form;
  };

  desk.eachPlace((place) => {
    place.addButton({ label: text("redraft"), icon: "rotate", key: "Alt+R", onClick: () => open(place).input.focus() });
  });

  const ownQuestion = () => {
    const root = document.getElementById("qa-root");
    if (!root?.rootBlock) return;
    const own = form(text("own_question_label"), data.redraft.longest_question, text("own_question_start"), async (words) => {
      if (!words.trim()) { own.input.focus(); return; }
      const value = { kind: "own", question: words.trim(), question_original: "", answer: "", answer_original: "", citations: [], provenance: { backend: "", model: "", prompt: "", run: "", hash: "" } };
      const place = await addQuestion(value);
      own.input.value = "";
      open(place).start();
    });
    own.holder.hidden = true;
    const opener = desk.button({ label: text("own_question"), icon: "help", onClick: () => {
      own.holder.hidden = !own.holder.hidden;
      opener.setAttribute("aria-expanded", String(!own.holder.hidden));
      if (!own.holder.hidden) own.input.focus();
    } });
    opener.setAttribute("aria-expanded", "false");
    root.after(element("div", { class: "digest-own-question" }, opener, own.holder));
  };
  window.addEventListener("load", ownQuestion);

  Object.assign(desk, { putIn, addQuestion, hashOf: (place) => hashes.get(place.name) });
})();
