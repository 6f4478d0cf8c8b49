/* Folding menus (`details.menu`) close on Escape and on a click elsewhere; the navigation drawer likewise. */

/** Watch the header's menus and the drawer of narrow screens. */
export function watchMenus() {
  const drawer = document.getElementById("app-nav");
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const inside = drawer?.contains(event.target) || event.target.closest(".nav-open");
    if (location.hash === "#app-nav" && !inside) closeDrawer();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (location.hash === "#app-nav") {
      closeDrawer();
      document.querySelector(".nav-open")?.focus();
    }
  });
}

function closeDrawer() {
  location.hash = "#top";
}
