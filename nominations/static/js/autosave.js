/* Saves a draft while it is typed: `form[data-autosave=URL]`, state shown in `[data-save-state]` of the form.
   The server answers 200 {"version": n, "saved_at": "10:32"}, or 409 when somebody else changed the file. */
import { markSaved } from "./forms.js";

const PAUSE_MS = 1500;
const timers = new WeakMap();

/** Save each form marked for it a moment after the last keystroke. */
export function watchAutosave() {
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (form && event.target.type !== "file") later(form);
  });
  window.addEventListener("online", () => document.querySelectorAll("form[data-save-failed]").forEach(save));
}

function later(form) {
  clearTimeout(timers.get(form));
  show(form, "pending");
  timers.set(form, setTimeout(() => save(form), PAUSE_MS));
}

async function save(form) {
  if ("sent" in form.dataset || "stale" in form.dataset) return;
  show(form, "saving");
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", body, credentials: "same-origin", headers: { "X-Autosave": "1", Accept: "application/json" },
    });
    if (answer.status === 409 || answer.status === 412) {
      form.dataset.stale = "";
      show(form, "stale");
    } else if (answer.ok && !answer.redirected) taken(form, await answer.json());
    else failed(form);
  } catch {
    failed(form);
  }
}

function taken(form, saved) {
  const version = form.elements.namedItem("version");
  if (version && saved.version !== undefined) version.value = saved.version;
  delete form.dataset.saveFailed;
  markSaved(form);
  show(form, "saved", saved.saved_at ?? "");
}

function failed(form) {
  form.dataset.saveFailed = "";
  show(form, "failed");
}

function show(form, state, detail = "") {
  const place = form.querySelector("[data-save-state]");
  if (!place) return;
  const sentence = place.dataset[state] ?? "";
  place.querySelector("[data-save-words]").textContent = detail ? `${sentence} ${detail}` : sentence;
  place.dataset.tone = state === "failed" || state === "stale" ? "bad" : "";
}
