/* The desk watches drafts come in: while any is active, the progress table is fetched anew every two seconds. */
(() => {
  const PAUSE = 2000;
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const box = desk.querySelector("[data-desk-progress]");
  const live = desk.querySelector("[data-desk-live]");
  const part = () => box.querySelector("[data-desk-part]");
  const isActive = () => Number(part()?.dataset.active) > 0;

  /* Put new HTML in place, but leave focus where the editor has it. */
  const put = (target, html) => {
    if (target.innerHTML === html) return;
    const focused = target.contains(document.activeElement) ? document.activeElement.id : "";
    target.innerHTML = html;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };

  const fetchText = async (url) => {
    const answer = await fetch(url, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  };

  /* What was parked while we watched stands in the rest of the page. */
  const refreshRest = async () => {
    const page = new DOMParser().parseFromString(await fetchText(location.href), "text/html");
    for (const part of ["[data-desk-board]", "[data-desk-rest]"]) {
      const fresh = page.querySelector(part);
      if (fresh) put(desk.querySelector(part), fresh.innerHTML);
    }
  };

  const look = async () => {
    if (document.hidden) return;
    const said = part().dataset.summary;
    put(box, await fetchText(desk.dataset.progressUrl));
    if (part().dataset.summary !== said) live.textContent = part().dataset.summary;
    if (!isActive()) await refreshRest();
  };

  const watch = () => {
    if (!isActive()) return;
    setTimeout(() => look().catch(() => {}).finally(watch), PAUSE);
  };
  watch();
})();
