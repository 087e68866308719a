// A check in place: an old answer renews itself once, and "Check now" does not leave the page.
// What was typed, what is open, the focus and the scroll position stay.
"use strict";

const SLOW = 3000; // milliseconds until it says that it is still checking
const TOO_SLOW = 60000; // and until it stops waiting

let isChecking = false;

// The state in words: where the eye is, and where screen readers listen, for that place never moves.
function say(word) {
  const place = document.querySelector("[data-refresh-state]");
  const text = document.body.dataset[word] ?? "";
  if (place) place.textContent = text;
  announce(text);
}

const announce = (text) => {
  const listener = document.querySelector("[data-announce]");
  if (listener) listener.textContent = text;
};

async function check(form) {
  if (isChecking) return;
  isChecking = true;
  say("sayChecking");
  const waiting = setTimeout(say, SLOW, "sayStill");
  try {
    const body = new FormData(form);
    body.set("in_place", "on");
    const signal = AbortSignal.timeout(TOO_SLOW);
    const answer = await fetch(form.action, { method: "POST", body, signal, redirect: "manual" });
    clearTimeout(waiting);
    if (!answer.ok) say(answer.type === "opaqueredirect" ? "saySignedOut" : "sayNoAnswer");
    else show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    clearTimeout(waiting);
    say("sayNoAnswer");
  }
  isChecking = false;
}

// A whole page replaces what is shown; its parts alone, when nothing else has changed, only these.
function show(fresh) {
  const page = fresh.querySelector("main");
  if (page) {
    replace(document.querySelector("main"), page);
    document.title = fresh.title;
  } else {
    for (const part of fresh.querySelectorAll("[data-part]")) {
      document.querySelector(`main [data-part="${part.dataset.part}"]`)?.replaceWith(part);
    }
  }
  announce((document.querySelector("[data-news]") ?? document.querySelector("[data-refresh-state]"))?.textContent ?? "");
}

function replace(old, page) {
  const kept = keep(old);
  delete page.dataset.stale;
  mark(old, page);
  old.replaceWith(document.adoptNode(page));
  restore(page, kept);
}

const nameOf = (field) => field.id || field.name;
const fieldsOf = (page) => [...page.querySelectorAll("input:not([type=hidden]), textarea, select")].filter(nameOf);
const boxesOf = (page) => [...page.querySelectorAll("details")];
const titleOf = (box) => box.querySelector("summary")?.textContent.trim() + orderOf(box);

// Boxes of the same title, such as one a note, are told apart by their form.
const orderOf = (box) => box.querySelector("form")?.getAttribute("action") ?? "";

function keep(page) {
  const focused = page.contains(document.activeElement) ? document.activeElement : null;
  return {
    typed: fieldsOf(page).map((field) => [nameOf(field), field.value, field.checked]),
    open: boxesOf(page).map((box) => [titleOf(box), box.open]),
    focus: focused && pathTo(focused),
    selection: focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null,
    top: focused && focused !== page ? focused.getBoundingClientRect().top : null,
    scroll: window.scrollY,
  };
}

// Where the focus is, in words that fit the new page as well.
function pathTo(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.dataset.key) return `[data-key="${CSS.escape(element.dataset.key)}"]`;
  if (element.matches("a[href]")) return `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
  const form = element.closest("form");
  return form ? `form[action="${CSS.escape(form.getAttribute("action"))}"] ${element.localName}` : "summary";
}

function restore(page, kept) {
  for (const [name, value, checked] of kept.typed) {
    const field = fieldsOf(page).find((found) => nameOf(found) === name);
    if (field) [field.value, field.checked] = [value, checked];
  }
  for (const [title, open] of kept.open) {
    const box = boxesOf(page).find((found) => titleOf(found) === title);
    if (box) box.open = open;
  }
  window.scrollTo(window.scrollX, kept.scroll);
  const focused = kept.focus && (page.matches(kept.focus) ? page : page.querySelector(kept.focus));
  if (!focused) return;
  focused.focus({ preventScroll: true });
  if (kept.selection && "setSelectionRange" in focused) focused.setSelectionRange(...kept.selection);
  if (kept.top !== null) window.scrollBy(0, focused.getBoundingClientRect().top - kept.top);
}

// Facts that say something else than before are marked until the next page.
function mark(old, page) {
  const before = new Map(factsOf(old).map((fact) => [labelOf(fact), fact.textContent]));
  for (const fact of factsOf(page)) {
    const was = before.get(labelOf(fact));
    if (was !== undefined && was !== fact.textContent) fact.classList.add("is-new");
  }
}

const factsOf = (page) => [...page.querySelectorAll(".facts > div, [data-fact]")];
const labelOf = (fact) => fact.dataset.fact ?? fact.firstElementChild.textContent;

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-check-form]")) return;
  event.preventDefault();
  check(event.target);
});

if (document.querySelector("main[data-stale]")) {
  const form = document.querySelector("[data-check-form]");
  if (form) check(form);
}
