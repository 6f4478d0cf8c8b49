/* Keeps a form from being sent twice, asks before what cannot be taken back, and warns of unsaved words. */
import { say, word } from "./status.js";

const COPIED_MS = 3000;
const unsaved = new Set();

/** Guard every form of the page, also those that arrive later. */
export function guardForms() {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]");
    if (form) unsaved.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size > 0) event.preventDefault();
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  document.addEventListener("click", onCopy);
}

/** Call when a form's words are safe on the server. */
export function markSaved(form) {
  unsaved.delete(form);
}

/** Let a form be sent again, as after an answer that asks for a correction. */
export function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[data-was-busy]").forEach((button) => {
    button.removeAttribute("aria-disabled");
    delete button.dataset.wasBusy;
  });
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get") return;
  const button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if ("sent" in form.dataset || (question && !window.confirm(question))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  unsaved.delete(form);
  form.dataset.sent = "";
  if (button) {
    button.setAttribute("aria-disabled", "true");
    button.dataset.wasBusy = "";
  }
  say(word("busy"));
}

async function onCopy(event) {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  say(word("copied"));
  setTimeout(() => say(""), COPIED_MS);
}
