// Sign in with Catalyze again without leaving the page, so that what is typed on it stays.
"use strict";

const isTyped = (field) => (field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);

async function renew(form) {
  const body = new FormData(form);
  body.set("in_place", "on");
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const standing = page?.querySelector("[data-part='standing']");
  // Asked for one's own password, paused, or signed out of the portal: the page for it is next.
  if (!standing || page.querySelector("main")) return form.submit();
  const typed = [...document.querySelectorAll("main input:not([type=hidden]), main textarea, [type=search]")];
  const isBusy = typed.some((field) => !form.contains(field) && isTyped(field));
  if (!standing.querySelector("[data-renew-form]") && !isBusy) return location.reload();
  document.querySelector("main [data-part='standing']").replaceWith(standing);
  standing.querySelector("input:not([type=hidden])")?.focus();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-renew-form]")) return;
  event.preventDefault();
  renew(event.target);
});
