/* Says a sentence where screen readers hear it and eyes find it: the live region of the layout. */

/** Say `sentence` in the page's live region; an empty one clears it, a quiet one is only heard. */
export function say(sentence, quiet = false) {
  const region = document.getElementById("live-status");
  if (!region) return;
  region.classList.toggle("visually-hidden", quiet);
  region.textContent = sentence;
  region.hidden = sentence === "";
}

/** A sentence the layout holds for the scripts, by its name (`data-busy` is "busy"). */
export function word(name) {
  return document.getElementById("live-status")?.dataset[name] ?? "";
}
