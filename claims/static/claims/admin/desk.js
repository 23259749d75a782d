// The admin's search boxes take their name from their content, which may be empty: name them
// by their label. They are made by a script after the page is read, so watch for them.
"use strict";
const nameSearchBox = (select) => {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const box = select.nextElementSibling;
  if (!label || !box?.matches(".select2")) return;
  label.id ||= `${select.id}_label`;
  for (const part of box.querySelectorAll(".select2-selection, .select2-selection__rendered, input")) {
    if (part.dataset.named) continue;
    part.dataset.named = "yes";
    const content = part.matches("input") ? "" : part.getAttribute("aria-labelledby") || part.id;
    part.setAttribute("aria-labelledby", `${label.id} ${content}`.trim());
  }
};
const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(nameSearchBox);
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();

// While texts wait in the queue, their page looks again by itself.
const waiting = document.querySelector("[data-again]");
if (waiting) setTimeout(() => location.reload(), 1000 * waiting.dataset.again);

// Words selected in an article's text go into the box above it, with what stands before them,
// which tells places apart. The references behind marks are no words of the text.
const quoteForm = document.querySelector("#quote-form");
const wordsOf = (range) => {
  const part = document.createElement("div");
  part.append(range.cloneContents());
  part.querySelectorAll("sup").forEach((mark) => mark.remove());
  part.querySelectorAll("p, li, dt, dd, td, th, h3").forEach((line) => line.append("\n"));
  return part.textContent.replace(/\s+/g, " ").trim();
};
if (quoteForm) document.addEventListener("selectionchange", () => {
  const text = document.querySelector(".article-text.rendered");
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  quoteForm.elements.quote.value = wordsOf(range);
  quoteForm.elements.before.value = wordsOf(before).slice(-80);
});

// The figures that stand in the rows of a claim are drawn by the server while they are typed.
const livePlot = document.querySelector("#live-plot");
if (livePlot) {
  const form = livePlot.closest("form");
  let timer, asked;
  const draw = async () => {
    const query = new URLSearchParams();
    for (const name of ["measure", "unit"]) query.set(name, form.elements[name]?.value ?? "");
    for (const input of form.querySelectorAll(".inline-related:not(.empty-form) [name$='-value']"))
      if (input.value.trim()) query.append("value", input.value);
    livePlot.hidden = !(query.has("value") && query.get("measure"));
    if (livePlot.hidden || String(query) === asked) return;
    asked = String(query);
    const answer = await fetch(`${livePlot.dataset.url}?${query}`);
    if (answer.ok && asked === String(query)) livePlot.querySelector("div").innerHTML = await answer.text();
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(draw, 300); };
  form.addEventListener("input", soon);
  window.django?.jQuery(form).on("change", soon);  // what the search boxes tell
  draw();
}
