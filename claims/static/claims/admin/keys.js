// Review by keyboard, for those who turned it on at /admin/keys/: kept in this browser alone.
"use strict";
(() => {
  const STORE = "factbase-keys";
  const RETURNED = "factbase-returned";
  const isOn = () => localStorage.getItem(STORE) === "on";

  const button = document.querySelector("[data-keys-switch]");
  if (button) {
    const show = () => button.setAttribute("aria-pressed", String(isOn()));
    button.addEventListener("click", () => {
      if (isOn()) localStorage.removeItem(STORE);
      else localStorage.setItem(STORE, "on");
      show();
    });
    button.hidden = false;
    show();
  }

  // In a list the focus goes from row to row; on a review page to the next claim, or back.
  const rows = () => [...document.querySelectorAll("#result_list .field-look a")];
  const step = (by) => {
    const links = rows();
    if (links.length) {
      const now = links.indexOf(document.activeElement);
      links[now < 0 ? (by > 0 ? 0 : links.length - 1) : (now + by + links.length) % links.length].focus();
    } else if (by > 0) document.querySelector("a.next")?.click();
    else if (document.querySelector(".review")) history.back();
  };

  // Without a reason a decision only leads to its box: nothing is decided by one key alone.
  const decide = (value) => {
    const chosen = document.querySelector(`button[name=decision][value=${value}]`);
    const reason = chosen?.form.querySelector("[name=reason]");
    if (!chosen) return;
    if (reason.value.trim()) chosen.click();
    else reason.focus();
  };
  document.querySelector("button[name=decision][value=return]")?.addEventListener("click", () => {
    sessionStorage.setItem(RETURNED, location.pathname.replace(/review\/$/, "undo/"));
  });

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => decide("approve"),
    r: () => decide("return"),
    d: () => decide("dispute"),
    u: () => {
      const page = sessionStorage.getItem(RETURNED);
      if (page) location.assign(page);
    },
    "?": () => document.querySelector("a[data-keys-help]")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable], .select2");
    if (!isOn() || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
