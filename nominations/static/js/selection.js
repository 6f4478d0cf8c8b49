/* Counts the ticked rows of a list and ticks all at once: `form[data-selection]`. */

/** Keep every selection bar in step with its rows. */
export function watchSelections() {
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-selection]");
    if (!form || event.target.type !== "checkbox") return;
    const rows = [...form.querySelectorAll("input[data-row]")];
    if (event.target.matches("[data-all]")) rows.forEach((row) => { row.checked = event.target.checked; });
    recount(form, rows);
  });
  document.querySelectorAll("form[data-selection]").forEach((form) => {
    recount(form, [...form.querySelectorAll("input[data-row]")]);
  });
}

function recount(form, rows) {
  const count = rows.filter((row) => row.checked).length;
  form.querySelectorAll("[data-count]").forEach((place) => { place.textContent = String(count); });
  form.querySelectorAll(".selection-bar").forEach((bar) => bar.classList.toggle("on", count > 0));
  const all = form.querySelector("[data-all]");
  if (!all) return;
  all.checked = count > 0 && count === rows.length;
  all.indeterminate = count > 0 && count < rows.length;
}
