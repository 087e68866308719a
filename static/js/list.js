// What is selected on a list: all rows at once, a copy of the ids, and how many it is said aloud.
// Ticking, counting and the other buttons need no script; "x" is in keyboard.js.
"use strict";

const selection = document.querySelector("form[data-selection]");
const all = selection?.querySelector("[data-all-rows]");
const boxes = () => [...selection.querySelectorAll("[name=org]")];
const ticked = () => boxes().filter((box) => box.checked);

function tell() {
  const count = ticked().length;
  all.checked = count > 0 && count === boxes().length;
  all.indeterminate = count > 0 && !all.checked;
  const words = count ? `${count} ${selection.dataset.saySelected}` : selection.dataset.sayNone;
  document.querySelector("[data-announce]").textContent = words;
}

if (selection) {
  selection.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    tell();
  });
  selection.addEventListener("reset", () => setTimeout(tell));
  selection.querySelector("[data-copy-ids]").addEventListener("click", (event) => {
    event.currentTarget.dataset.copy = ticked().map((box) => box.value).join("\n");
  });
  // What the browser ticked again when one came back.
  window.addEventListener("pageshow", () => { if (ticked().length) tell(); });
}
