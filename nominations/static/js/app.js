/* The one script of every page: marks the page as scripted and starts the small modules.
   Each adds comfort to markup that already works without it. Words come from data attributes, never from here. */
import { watchAutosave } from "./autosave.js";
import { guardForms } from "./forms.js";
import { watchExchanges } from "./exchanges.js";
import { watchMenus } from "./menus.js";
import { watchSelections } from "./selection.js";
import { watchShortcuts } from "./shortcuts.js";
import { watchTheme } from "./theme.js";

document.documentElement.classList.add("has-js");
watchTheme();
watchMenus();
guardForms();
watchAutosave();
watchSelections();
watchShortcuts();
watchExchanges();

/** After a refused form the summary of errors takes the focus, so that it is read first. */
document.querySelector("[data-focus]")?.focus();

/** On paper every folded part is open. */
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("main details:not([open])").forEach((part) => {
    part.open = true;
    part.dataset.printOpened = "";
  });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-print-opened]").forEach((part) => {
    part.open = false;
    delete part.dataset.printOpened;
  });
});
