/* Says a sentence where screen readers hear it and eyes find it: the live region of the layout. */

/** Show `sentence` in the page's live region; an empty sentence clears it. */
export function say(sentence) {
  const region = document.getElementById("live-status");
  if (!region) return;
  region.textContent = sentence;
  region.hidden = sentence === "";
}

/** A sentence the layout holds for the scripts, by its name (`data-busy` is "busy"). */
export function word(name) {
  return document.getElementById("live-status")?.dataset[name] ?? "";
}
