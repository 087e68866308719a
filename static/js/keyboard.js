// Single keys, for those who want them: an element with data-key is focused or pressed by that key,
// and j and k go through the links of a list, or from organization to organization. Never while typing,
// never with Ctrl, Alt or Meta, and not at all once they are turned off, which this browser remembers.
"use strict";

const TYPED = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=hidden])";
const ROWS = "main [data-step], main .list .name, main .feed .name";
const FIRST = ".case-choice > :is(button, select)"; // of a menu; elsewhere it is where one types
const SWITCH = "[data-shortcuts]";
const REMEMBERED_AS = "shortcuts";

const areOn = () => {
  try { return localStorage.getItem(REMEMBERED_AS) !== "off"; } catch { return true; }
};

const dialog = document.querySelector("dialog[data-keys]");

const isBusy = (event) =>
  event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key) ||
  event.isComposing || event.defaultPrevented || dialog?.open || event.target.closest(TYPED);

const isShown = (element) => element.checkVisibility();

function step(by) {
  const rows = [...document.querySelectorAll(ROWS)].filter(isShown);
  const row = document.activeElement.closest("tr, li") ?? document.querySelector("tr:target"); // where one came back to
  const here = row?.querySelector(ROWS) ?? document.activeElement;
  const at = rows.indexOf(here);
  const next = at < 0 ? rows[0] : rows[at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return rows.length > 0;
}

function press(element) {
  const box = element.closest("summary")?.parentElement;
  if (box) {
    box.open = true;
    (box.querySelector(FIRST) ?? box.querySelector(TYPED))?.focus();
  } else if (element.matches(TYPED)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

// In a list, "r" checks the row that has the focus, or else what is selected.
function checkRow() {
  const box = document.activeElement.closest("tr")?.querySelector("[name=org]")
    ?? document.querySelector("main [name=org]:checked");
  if (!box) return false;
  box.checked = true;
  box.form.requestSubmit();
  return true;
}

// In a list, "x" ticks the row that has the focus, or takes the tick away.
function tickRow() {
  const box = document.activeElement.closest("tr")?.querySelector("[name=org]");
  box?.click();
  return Boolean(box);
}

const canPress = (element) => isShown(element) || element.matches("[data-open-keys]");

function act(key) {
  if (key === "x") return tickRow();
  const elements = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  // What is done with selected rows needs no tick first: the row that has the focus is meant.
  if (elements.some((found) => !isShown(found) && found.closest(".bulk"))) tickRow();
  const element = elements.find(canPress);
  if (element) press(element);
  else if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  return element ? true : key === "r" && checkRow();
}

document.addEventListener("keydown", (event) => {
  if (event.key.length !== 1 || isBusy(event) || !areOn()) return;
  if (act(event.key)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open-keys]");
  if (!dialog || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
});

for (const box of document.querySelectorAll(SWITCH)) {
  box.checked = areOn();
  box.addEventListener("change", () => {
    try { localStorage.setItem(REMEMBERED_AS, box.checked ? "on" : "off"); } catch { /* for this page only */ }
    for (const other of document.querySelectorAll(SWITCH)) other.checked = box.checked;
  });
}
