/* Keys: `?` lists what the page offers, `/` goes to the search, and whatever carries `data-shortcut="g i"` or `"j"`.
   Single keys can be switched off in the list (WCAG 2.1.4) and never act while something is being typed. */

const OFF = "shortcuts-off";
const SEQUENCE_MS = 1200;
let pressed = "";
let pressedAt = 0;

/** Listen for the page's keys and fill the list of them. */
export function watchShortcuts() {
  const list = document.getElementById("shortcuts");
  document.addEventListener("click", (event) => {
    if (list && event.target.closest("[data-shortcuts-open]")) {
      event.preventDefault();
      open(list);
    }
  });
  const off = list?.querySelector("[data-shortcuts-off]");
  if (off) {
    off.checked = localStorage.getItem(OFF) === "1";
    off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
  }
  document.addEventListener("keydown", (event) => onKey(event, list));
}

function onKey(event, list) {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (event.key === "Enter" && event.ctrlKey && typing?.form?.method === "post") {
    typing.form.requestSubmit();
    return;
  }
  const silent = typing || event.ctrlKey || event.metaKey || event.altKey || list?.open;
  if (silent || localStorage.getItem(OFF) === "1") return;
  if (event.key === "?" && list) open(list);
  else if (!follow(event)) return;
  event.preventDefault();
}

function follow(event) {
  const now = event.timeStamp;
  const sequence = now - pressedAt < SEQUENCE_MS ? `${pressed} ${event.key}`.trim() : event.key;
  pressed = event.key;
  pressedAt = now;
  const target = find(sequence) ?? find(event.key);
  if (!target) return false;
  pressed = "";
  if (target.matches("input, select, textarea")) target.focus();
  else target.click();
  return true;
}

function find(keys) {
  return document.querySelector(`[data-shortcut="${CSS.escape(keys)}"]`);
}

function open(list) {
  const body = list.querySelector("[data-shortcuts-list]");
  body.replaceChildren(...[...document.querySelectorAll("[data-shortcut]")].map(row));
  list.showModal();
}

function row(target) {
  const line = document.createElement("div");
  const keys = document.createElement("dt");
  const what = document.createElement("dd");
  target.dataset.shortcut.split(" ").forEach((key) => {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    keys.append(cap, " ");
  });
  what.textContent = target.dataset.shortcutLabel ?? target.textContent.trim();
  line.append(keys, what);
  return line;
}
