// Pasted lists: asks on until all have been asked about, copies for a spreadsheet, and keeps the lines
// of what is pasted into the search box, which has one line only.
"use strict";

const TOO_LONG = 60000; // milliseconds until a request is given up

async function askOn(form) {
  const button = form.querySelector("button");
  const said = form.querySelector("[data-ask-said]");
  const bar = form.querySelector("progress");
  button.disabled = true;
  said.textContent = document.body.dataset.sayChecking;
  bar.hidden = false;
  try {
    for (let goesOn = true; goesOn;) {
      const body = new FormData(form);
      body.set("in_place", "on");
      const signal = AbortSignal.timeout(TOO_LONG);
      const answer = await fetch(form.action, { method: "POST", body, signal, redirect: "manual" });
      if (!answer.ok) break; // the page says why when it is loaded again
      const progress = await answer.json();
      said.textContent = progress.said;
      [bar.max, bar.value] = [progress.all, progress.asked];
      goesOn = progress.goes_on;
    }
    location.reload();
  } catch {
    said.textContent = document.body.dataset.sayNoAnswer;
    button.disabled = false;
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-ask]")) return;
  event.preventDefault();
  askOn(event.target);
});

// The text is promised before it is there, so that the click still counts as the wish to copy.
async function copyFrom(url) {
  const text = fetch(url, { redirect: "error" }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.blob();
  });
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-from]");
  if (!button || button.disabled) return;
  const label = button.textContent;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.disabled = true;
  try {
    await copyFrom(button.dataset.copyFrom);
    button.textContent = document.body.dataset.sayCopied;
  } catch {
    location.assign(button.dataset.copyFrom); // a file to copy from by hand
  }
  setTimeout(() => { button.textContent = label; button.disabled = false; }, 2000);
});

const box = document.querySelector(".search [name=q]");

box?.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\r\n]/.test(text.trim()) || box.value.slice(box.selectionEnd) || box.value.slice(0, box.selectionStart)) return;
  const lines = box.form.querySelector("[name=lines]") ?? Object.assign(document.createElement("input"), { type: "hidden", name: "lines" });
  lines.value = text;
  box.form.append(lines);
});

// What is typed afterwards is meant instead.
box?.addEventListener("input", (event) => {
  if (event.inputType !== "insertFromPaste") box.form.querySelector("[name=lines]")?.remove();
});
