// Readers' forms in place, and a report offered on selected words. An extra: every link works as a page without it.
(() => {
  "use strict";
  const host = document.querySelector("[data-voices]");
  if (!host || !window.HTMLDialogElement) return;
  const words = host.dataset;
  const root = host.closest(".digest");
  const dialogs = new Map();

  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const parse = async response => new DOMParser().parseFromString(await response.text(), "text/html");
  const status = make("p", { className: "unseen", role: "status" });
  root.append(status);

  // Dialogs: one for each form, so that what was typed is still there when it is opened again.

  function dialogFor(address) {
    if (dialogs.has(address)) return dialogs.get(address);
    const dialog = make("dialog", { className: "speak-dialog" });
    const close = make("button", { type: "button", className: "close", textContent: "×" });
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => dialog.close());
    dialog.append(close, make("div"));
    dialog.addEventListener("submit", event => send(event, dialog));
    dialog.addEventListener("click", event => {
      if (event.target.closest("[data-close]")) { event.preventDefault(); dialog.close(); }
    });
    dialog.addEventListener("close", () => {
      dialog.remove(); // or its ids would stand beside another form's
      if (!dialog.querySelector("form")) dialogs.delete(address);
      const back = dialog.back;
      if (back && back.isConnected) back.focus({ preventScroll: true });
    });
    dialog.address = address;
    dialogs.set(address, dialog);
    return dialog;
  }

  function fill(dialog, region) {
    const heading = region.querySelector("h1");
    heading.id = "speak-heading";
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.lastChild.replaceChildren(document.adoptNode(region));
  }

  async function open(address, back, quote) {
    const dialog = dialogFor(address);
    if (dialog.open) return;
    if (!dialog.querySelector("form")) {
      try {
        fill(dialog, (await parse(await fetch(address))).querySelector("[data-speak-region]"));
      } catch {
        location.assign(address); // the page itself says what is wrong
        return;
      }
    }
    if (quote) showQuote(dialog, quote);
    dialog.back = back;
    root.append(dialog);
    dialog.showModal();
    (dialog.querySelector("textarea[required]") || dialog.querySelector(".notice")).focus();
  }

  function showQuote(dialog, quote) {
    const shown = dialog.querySelector("[data-quoted]");
    if (!shown) return;
    dialog.querySelector("[name=quote]").value = quote;
    shown.hidden = false;
    shown.querySelector("blockquote").textContent = quote;
  }

  async function send(event, dialog) {
    event.preventDefault();
    const form = event.target;
    if (form.busy) return;
    form.busy = true;
    try {
      const answer = await parse(await fetch(form.action, { method: "POST", body: new FormData(form) }));
      const region = answer.querySelector("[data-speak-region]");
      if (region) {
        fill(dialog, region);
        dialog.scrollTop = 0;
        (dialog.querySelector(".problems") || dialog.querySelector("h1")).focus();
      } else {
        show(answer.getElementById("comments"), dialog);
      }
    } catch {
      let said = form.querySelector(".failed");
      if (!said) form.append(said = make("p", { className: "remark failed", role: "alert" }));
      said.textContent = words.failed;
    }
    form.busy = false;
  }

  // The page's comments anew, with the one that was just written.
  function show(comments, dialog) {
    const known = new Set(Array.from(document.querySelectorAll(".comment"), comment => comment.id));
    document.getElementById("comments").replaceWith(document.adoptNode(comments));
    const own = Array.from(comments.querySelectorAll(".comment")).find(comment => !known.has(comment.id));
    dialogs.delete(dialog.address);
    dialog.back = own || comments.querySelector("[data-speak]");
    dialog.close();
    if (own) own.scrollIntoView({ block: "center" });
    status.textContent = words.said;
  }

  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-speak]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const chosen = selected();
    if (chosen && chosen.link === link) open(chosen.address, link, chosen.quote);
    else open(link.href, link);
  });

  // Selected words

  if (!words.report) return;
  const offer = make("button", { type: "button", className: "speak-offer", textContent: words.offer, hidden: true });
  let offered = null;
  let timer = 0;
  root.append(offer);

  const around = (node, what) => (node.nodeType === 1 ? node : node.parentElement)?.closest(what);
  const placeOf = node => around(node, "[data-place]");

  // The selected words inside one passage, or null.
  function selected() {
    const selection = getSelection();
    if (!words.report || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const place = placeOf(range.startContainer) || placeOf(range.endContainer);
    if (!place) return null;
    if (!place.contains(range.startContainer)) range.setStartBefore(place.firstChild);
    if (!place.contains(range.endContainer)) range.setEndAfter(place.lastChild);
    // A formula is taken whole, and quoted as it was written: so it stands in the text that editors search.
    const first = around(range.startContainer, "[data-tex]"), last = around(range.endContainer, "[data-tex]");
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const copy = range.cloneContents();
    copy.querySelectorAll("[data-tex]").forEach(formula => formula.replaceWith(formula.dataset.tex));
    copy.querySelectorAll("br").forEach(line => line.replaceWith("\n"));
    const quote = copy.textContent.trim();
    const near = place.closest(".qa") || place.closest("section") || host;
    const link = near.querySelector("a[data-speak]") || host.querySelector("a[data-speak]");
    const address = `${words.report}&place=${encodeURIComponent(place.dataset.place)}`;
    return quote ? { range, quote, link, address } : null;
  }

  function look() {
    offered = selected();
    offer.hidden = !offered;
    if (!offered) return;
    const box = Array.from(offered.range.getClientRects()).pop();
    if (!box) return;
    const left = Math.min(box.right, document.documentElement.clientWidth - offer.offsetWidth - 8);
    offer.style.setProperty("--left", `${Math.max(8, left)}px`);
    offer.style.setProperty("--top", `${Math.min(box.bottom + 8, innerHeight - offer.offsetHeight - 8)}px`);
  }

  const lookSoon = () => { clearTimeout(timer); timer = setTimeout(look, 200); };
  document.addEventListener("selectionchange", lookSoon);
  addEventListener("scroll", lookSoon, { passive: true });
  offer.addEventListener("pointerdown", event => event.preventDefault()); // keeps the selection
  offer.addEventListener("click", () => {
    if (offered) open(offered.address, offered.link, offered.quote);
    offer.hidden = true;
  });
})();
