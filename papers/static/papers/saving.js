/* Saving by hand and autosave, one after the other. Wagtail tells the server only with an autosave which revision this
   form's own autosaves made; a save by hand names the revision that the page was opened with, and would be refused as
   stale. So the form learns of each autosave, and a save by hand waits for one that is under way.
   A form that was refused as stale is for the editor to decide about: until they save by hand, autosave is not to put it
   over the newer version. */
(() => {
  const PATIENCE = 15_000; // milliseconds to wait for an autosave that does not answer
  const FORM = "form[data-edit-form]";
  let underWay = false;
  let waiting = null; // the save by hand that waits, as a call
  let leaving = false;

  const setInput = (form, name, value) => {
    const input = value && form.querySelector(`input[name="${name}"]`);
    if (input) input.value = value;
  };

  const ended = () => {
    underWay = false;
    const submit = waiting;
    waiting = null;
    submit?.();
  };

  /* While the page is left for a save by hand, a further autosave could only come between. One that is not to overwrite
     is sent as stale: the server refuses it, and Wagtail tells that autosave is paused. */
  const onSave = (event) => {
    if (leaving) {
      event.preventDefault();
      return;
    }
    underWay = true;
    if (event.target.elements.namedItem("conflict")?.value) event.detail.formData.set("loaded_revision_created_at", "");
  };

  const onSuccess = ({ detail, target }) => {
    const form = target.closest(FORM);
    if (form) {
      setInput(form, "loaded_revision_id", detail.data.revision_id);
      setInput(form, "loaded_revision_created_at", detail.data.revision_created_at);
    }
    ended();
  };

  /* Wagtail disables a pressed button for a while, and a disabled one would not be sent along. */
  const submitAgain = (form, submitter) => {
    const disabled = submitter?.disabled;
    if (submitter) submitter.disabled = false;
    form.requestSubmit(submitter);
    if (submitter) submitter.disabled = disabled;
  };

  const onSubmit = (event) => {
    if (event.defaultPrevented || !event.target.matches(FORM)) return;
    leaving = true;
    if (!underWay) return;
    event.preventDefault();
    const { target: form, submitter } = event;
    if (waiting) return;
    waiting = () => submitAgain(form, submitter);
    setTimeout(() => { if (waiting) ended(); }, PATIENCE);
  };

  /* After its dialog, a workflow's button sends the form by a call that no `submit` event tells of. */
  const tellOfCalls = () => {
    const form = document.querySelector(FORM);
    if (form) form.submit = () => form.requestSubmit();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", tellOfCalls);
  else tellOfCalls();

  document.addEventListener("w-autosave:save", onSave);
  document.addEventListener("w-autosave:success", onSuccess);
  document.addEventListener("w-autosave:error", ended);
  document.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", () => { leaving = false; });
})();
