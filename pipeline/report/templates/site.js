"use strict";
// Reading needs none of this: filters are radio buttons that the style sheet answers to, details are popovers.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// One stop of the Tab key for a row of things, arrow keys within it; what the filter leaves out is passed over.
function roving(items, passable) {
  if (!items.length) return;
  items.forEach((item, number) => { item.tabIndex = number ? -1 : 0; });
  const go = (item) => {
    items.forEach((other) => { other.tabIndex = other === item ? 0 : -1; });
    item.focus();
  };
  items.forEach((item, number) => {
    item.addEventListener("focus", () => {
      items.forEach((other) => { other.tabIndex = other === item ? 0 : -1; });
    });
    item.addEventListener("keydown", (event) => {
      const ahead = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const ends = { Home: items.find(passable), End: items.findLast(passable) }[event.key];
      let next = ends;
      for (let at = number + ahead; ahead && !next && at >= 0 && at < items.length; at += ahead) {
        if (passable(items[at])) next = items[at];
      }
      if (ahead || ends) event.preventDefault();
      if (next) go(next);
    });
  });
}

// The document's page: details on hover and focus, beside the click or key that popovers have by themselves.
const sentences = all(".sentence:has(.chips)");
const chosen = () => document.querySelector("input[name=show]:checked")?.value ?? "all";
const matches = (element) => {
  const value = chosen();
  return value === "all" || element.classList.contains(value) || element.classList.contains("has-" + value);
};
if (sentences.length) {
  if (matchMedia("(max-width: 58rem)").matches) document.querySelector(".filter").open = false;
  let waiting = 0;
  let pinned = null;
  const detailsOf = (button) => document.getElementById(button.getAttribute("popovertarget"));
  const place = (button, details) => {
    const at = button.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const below = at.bottom + 6 + details.offsetHeight <= innerHeight;
    if (room <= 640) return;
    details.style.inset = "auto";
    details.style.left = Math.max(8, Math.min(at.left, room - details.offsetWidth - 8)) + "px";
    details.style.top = Math.max(8, below ? at.bottom + 6 : at.top - details.offsetHeight - 6) + "px";
  };
  const open = (button) => {
    const details = detailsOf(button);
    if (!details.matches(":popover-open")) details.showPopover({ source: button });
    place(button, details);
  };
  const close = (details) => {
    if (details !== pinned && details.matches(":popover-open")) details.hidePopover();
  };
  const later = (what, wait) => {
    clearTimeout(waiting);
    waiting = setTimeout(what, wait);
  };
  sentences.forEach((sentence) => {
    const button = sentence.querySelector(".chips");
    const details = detailsOf(button);
    const leave = () => later(() => close(details), 300);
    button.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") later(() => open(button), 120);
    });
    button.addEventListener("pointerleave", leave);
    details.addEventListener("pointerenter", () => clearTimeout(waiting));
    details.addEventListener("pointerleave", leave);
    button.addEventListener("focus", () => { if (button.matches(":focus-visible")) open(button); });
    button.addEventListener("blur", (event) => { if (!details.contains(event.relatedTarget)) close(details); });
    button.addEventListener("click", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      pinned = pinned === details ? null : details;
      if (pinned) open(button); else close(details);
    });
    details.addEventListener("toggle", (event) => { if (event.newState === "closed" && pinned === details) pinned = null; });
  });
  roving(sentences.map((sentence) => sentence.querySelector(".chips")), (button) => matches(button.parentElement));
  roving(all(".cell"), matches);
  const found = document.querySelector(".found");
  const tell = () => {
    const many = sentences.filter(matches).length;
    found.textContent = chosen() === "all" ? "" : `${many} of ${sentences.length} sentences`;
  };
  all("input[name=show]").forEach((input) => input.addEventListener("change", tell));
  document.querySelector("#gold")?.addEventListener("change", (event) => {
    if (chosen() === "differs" && !event.target.checked) document.querySelector("#show-all").click();
  });
  tell();
}

// The index: documents whose title, outlet or topic has what is typed.
const search = document.querySelector("#search");
if (search) {
  search.closest("[hidden]").hidden = false;
  const rows = all(".documents tbody tr").map((row) => [row, row.textContent.toLowerCase()]);
  const status = document.querySelector("#found");
  search.addEventListener("input", () => {
    const typed = search.value.trim().toLowerCase();
    let many = 0;
    for (const [row, text] of rows) {
      row.hidden = !text.includes(typed);
      many += !row.hidden;
    }
    all("section.group").forEach((group) => { group.hidden = !group.querySelector("tbody tr:not([hidden])"); });
    status.textContent = typed ? `${many} of ${rows.length} documents` : "";
  });
}
