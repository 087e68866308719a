// Buttons that copy what they name. Without scripts they are not shown, and the text can be selected.
"use strict";

const SHOWN_FOR = 2000; // milliseconds

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || button.disabled) return;
  const label = button.textContent;
  button.style.minWidth = `${button.offsetWidth}px`; // so that nothing beside it moves
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = document.body.dataset.sayCopied;
  } catch {
    button.textContent = document.body.dataset.saySelect;
  }
  button.disabled = true;
  setTimeout(() => { button.textContent = label; button.disabled = false; }, SHOWN_FOR);
});
