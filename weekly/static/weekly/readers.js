/* What readers said: ticks for a whole page of a list, a reader's wording put into the form, and what it changes.
   All of it works without this script too, by another way to the server. */
(() => {
  const PAUSE = 600;

  for (const all of document.querySelectorAll("[data-readers-all]")) {
    const box = all.querySelector("input");
    const ticks = [...all.closest("form").querySelectorAll("input[name=chosen]")];
    const show = () => {
      const ticked = ticks.filter((one) => one.checked).length;
      box.checked = ticked === ticks.length;
      box.indeterminate = ticked > 0 && ticked < ticks.length;
    };
    box.addEventListener("change", () => ticks.forEach((one) => { one.checked = box.checked; }));
    ticks.forEach((one) => one.addEventListener("change", show));
    all.hidden = false;
    show();
  }

  const text = document.querySelector("[data-readers-text]");
  if (!text) return;
  const form = text.form;
  const change = form.querySelector("[data-readers-change]");
  let waiting = 0;
  let asked = 0;

  /* The server tells words apart in every language; an older answer never stands over a newer one,
     nor the login page over any. */
  const look = async () => {
    const number = ++asked;
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const answer = await fetch(location.href, { method: "POST", headers, body: new FormData(form) });
    const html = await answer.text();
    if (answer.ok && !answer.redirected && number === asked) change.innerHTML = html;
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => look().catch(() => {}), PAUSE);
  };

  /* Thanks go to those whose reports are ticked, until the editor types other names. */
  const { thanks, offered } = form.elements;
  form.addEventListener("change", (event) => {
    if (event.target.name !== "report" || thanks.value !== offered.value) return;
    const ticked = form.querySelectorAll("[data-readers-thanks]:checked");
    thanks.value = offered.value = [...new Set([...ticked].map((one) => one.dataset.readersThanks))].filter(Boolean).join(", ");
  });

  form.querySelector("[data-readers-look]").hidden = true;
  text.addEventListener("input", soon);
  form.addEventListener("click", (event) => {
    const use = event.target.closest("[data-readers-use]");
    if (!use) return;
    event.preventDefault();
    text.value = use.dataset.readersUse;
    text.focus();
    look().catch(() => {});
  });
})();
