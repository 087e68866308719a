// Menus are <details>, which open without scripts. With them, Escape closes a menu and gives the focus
// back to its button, and so does leaving it: by a click elsewhere, by Tab, by opening another.
"use strict";

const MENU = "details.menu, details.case-menu";
const openMenus = () => document.querySelectorAll(`:is(${MENU})[open]`);

function closeAllBut(kept) {
  for (const menu of openMenus()) if (menu !== kept) menu.open = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
  const menu = document.activeElement.closest(MENU) ?? openMenus()[0];
  if (!menu?.open) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => closeAllBut(event.target.closest(MENU)));
document.addEventListener("focusin", (event) => closeAllBut(event.target.closest(MENU)));
