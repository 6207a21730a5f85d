/* A scan's page watches it: while pages are read, the progress is fetched anew every second, the list at the end. */
(() => {
  const PAUSE = 1000;
  const scan = document.querySelector("[data-scan]");
  if (!scan) return;
  const box = scan.querySelector("[data-scan-progress]");
  const live = scan.querySelector("[data-scan-live]");
  const part = () => box.querySelector("[data-scan-part]");
  const isActive = () => part()?.dataset.active === "1";

  const fetchText = async (url) => {
    const answer = await fetch(url, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  };

  const finish = async () => {
    live.textContent = box.querySelector("[data-scan-said]").textContent.trim().replace(/\s+/g, " ");
    const page = new DOMParser().parseFromString(await fetchText(location.href), "text/html");
    const rest = page.querySelector("[data-scan-rest]");
    if (rest) scan.querySelector("[data-scan-rest]").replaceWith(document.adoptNode(rest));
  };

  const look = async () => {
    if (document.hidden) return;
    box.innerHTML = await fetchText(scan.dataset.progressUrl);
    if (!isActive()) await finish();
  };

  const watch = () => {
    if (isActive()) setTimeout(() => look().catch(() => {}).finally(watch), PAUSE);
  };
  watch();

  /* After a decision the page is loaded anew at its place: the keyboard goes on from there. */
  const decided = location.hash && document.querySelector(location.hash);
  if (decided) decided.focus();
})();
