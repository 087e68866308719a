// What scripts add: copy buttons, "/" for the search box, and a stale page that refreshes itself.
// Every page works without it.
"use strict";

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  const box = document.querySelector("[data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = document.body.dataset.sayCopied;
  } catch {
    button.textContent = document.body.dataset.saySelect;
  }
  setTimeout(() => { button.textContent = label; }, 2000);
});

const say = (text) => {
  const place = document.querySelector("[data-refresh-state]");
  if (place) place.textContent = text;
};

const isHalfWritten = (page) =>
  [...page.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue) ||
  (page.contains(document.activeElement) && isTyping(document.activeElement));

async function refresh(page) {
  const form = document.querySelector("[data-check-form]");
  if (!form) return;
  say(document.body.dataset.sayChecking);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!answer.ok || new URL(answer.url).pathname.includes("/login/")) throw new Error("no answer");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const replacement = fresh.querySelector("main");
    if (!replacement) throw new Error("no page");
    if (isHalfWritten(page)) {
      say(document.body.dataset.sayNewer);
      return;
    }
    delete replacement.dataset.stale;
    page.replaceWith(replacement);
    showCopyButtons();
  } catch {
    say(document.body.dataset.sayNoAnswer);
  }
}

const showCopyButtons = () => {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
};

showCopyButtons();
const page = document.querySelector("main[data-stale]");
if (page) refresh(page);
