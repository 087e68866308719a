// A first sign-in: asks on while organizations arrive, and shows those that are there already.
"use strict";

const GIVEN_UP_AFTER = 60000; // milliseconds
const announced = document.querySelector("[data-announce]");
const partOf = (page) => page.querySelector("[data-part='arriving']");

async function askedNext(form) {
  const body = new FormData(form);
  body.set("in_place", "on");
  const signal = AbortSignal.timeout(GIVEN_UP_AFTER);
  const answer = await fetch(form.action, { method: "POST", body, signal, redirect: "manual" });
  if (answer.type === "opaqueredirect") return null; // signed out of the portal
  if (!answer.ok) throw new Error(String(answer.status));
  return partOf(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

async function arrive() {
  for (let part = partOf(document); part; part = partOf(document)) {
    const form = part.querySelector("[data-arriving]");
    if (!form) return;
    form.querySelector("button").disabled = true;
    const next = await askedNext(form).catch(() => undefined);
    if (next === undefined) {
      announced.textContent = document.body.dataset.sayNoAnswer;
      form.querySelector("button").disabled = false;
      return;
    }
    if (next === null) return location.reload();
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    part.replaceWith(next);
    if (focused) [...next.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
    announced.textContent = next.querySelector("[data-said]")?.textContent ?? "";
    if (!("goesOn" in next.dataset)) return;
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-arriving]")) return;
  event.preventDefault();
  arrive();
});

if ("goesOn" in (partOf(document)?.dataset ?? {})) arrive();
