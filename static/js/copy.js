// Buttons that copy what they name. Without scripts they are not shown, and the text can be selected.
"use strict";

const textOf = (part) => document.querySelector(`[data-part="${part}"]`).textContent.trim();
const SHOWN_FOR = 2000; // milliseconds
const saying = new WeakSet();

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-part]");
  if (!button || saying.has(button)) return;
  saying.add(button);
  const label = [...button.childNodes];
  button.style.minWidth = `${button.offsetWidth}px`; // so that nothing beside it moves
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? textOf(button.dataset.copyPart));
    button.textContent = document.body.dataset.sayCopied;
  } catch {
    button.textContent = document.body.dataset.saySelect;
  }
  setTimeout(() => { button.replaceChildren(...label); saying.delete(button); }, SHOWN_FOR);
});
