// Consolidating: keys, words marked with the mouse, figures put in at the cursor.
// Without this file every sentence has its box and every change is a plain form.
(() => {
  "use strict";
  const root = () => document.getElementById("co");
  if (!root()) return;
  const cards = () => [...root().querySelectorAll("[data-card]")];
  let here = -1;

  function go(step) {
    const all = cards();
    if (!all.length) return;
    here = Math.min(Math.max(here + step, 0), all.length - 1);
    all.forEach((card, at) => card.classList.toggle("is-here", at === here));
    all[here].focus({ preventScroll: true });
    all[here].scrollIntoView({ block: "nearest" });
  }

  const card = () => (document.activeElement && document.activeElement.closest("[data-card]")) || cards()[here] || null;

  // ---- words marked with the mouse: their place in the text, counted in characters as the server does
  const length = (text) => Array.from(text).length;

  function place(node, offset) {
    const label = (node.nodeType === 3 ? node.parentElement : node).closest(".co-s");
    if (!label) return null;
    const before = document.createRange();
    before.selectNodeContents(label);
    before.setEnd(node, offset);
    return Number(label.dataset.start) + length(before.toString());
  }

  function marked() {
    const chosen = window.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0);
    const start = range.startContainer.parentElement, end = range.endContainer.parentElement;
    const box = start && start.closest(".co-text");
    if (!box || !end || end.closest(".co-text") !== box) return null;
    const from = place(range.startContainer, range.startOffset), to = place(range.endContainer, range.endOffset);
    return from !== null && to !== null && to > from ? { box, from, to } : null;
  }

  function note(form, words) {
    form.querySelectorAll("input[data-marked]").forEach((input) => input.remove());
    const button = form.querySelector("[data-take]");
    if (!button) return;
    const label = button.querySelector("span");
    if (!button.dataset.whole) button.dataset.whole = label.textContent;
    const any = words || form.querySelector("[name=s]:checked");
    label.textContent = any ? button.dataset.marked : button.dataset.whole;
    if (words) {
      form.querySelectorAll("[name=s]:checked").forEach((box) => { box.checked = false; });
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: "s", value: `${words.from}-${words.to}` });
      input.dataset.marked = "1";
      form.appendChild(input);
    }
  }

  document.addEventListener("mouseup", () => {
    const words = marked();
    if (words) note(words.box.closest("form"), words);
  });
  // Dragging over words ends on a label: it must not also tick its box.
  document.addEventListener("click", (event) => {
    if (event.target.closest(".co-s") && marked()) event.preventDefault();
  }, true);
  document.addEventListener("change", (event) => {
    if (event.target.name === "s") note(event.target.form, null);
  });

  // What was ticked before this file had come, or is ticked again by the way back.
  root().querySelectorAll("[name=s]:checked").forEach((box) => note(box.form, null));

  // ---- figures
  document.addEventListener("click", (event) => {
    const token = event.target.closest("[data-token]");
    const area = token && document.getElementById(token.dataset.token);
    if (!area) return;
    area.setRangeText(token.textContent, area.selectionStart, area.selectionEnd, "end");
    area.focus();
  });

  // ---- keys
  const typing = (element) => element.closest("textarea, select, input:not([type=checkbox])");
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    l: () => { const at = card(), form = at && at.querySelector(".co-take"); if (form) form.requestSubmit(); },
    g: () => { const at = card(), fold = at && at.querySelector("[data-aside]"); if (fold) { fold.open = true; fold.querySelector("[name=reason]").focus(); } },
    b: () => { const draft = document.getElementById("co-draft"); draft.scrollIntoView(); draft.focus({ preventScroll: true }); },
    u: () => { const form = document.getElementById("co-undo"); if (form) form.requestSubmit(); },
    "?": () => document.getElementById("co-keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // ---- after a change the page stays where it was, and so does the one at the keyboard
  let stood = "";
  document.addEventListener("htmx:beforeSwap", () => {
    const at = document.activeElement && document.activeElement.closest(".co-para, [data-card]");
    stood = at ? at.id : "";
  });
  document.addEventListener("htmx:afterSwap", () => {
    const all = cards(), wasCard = stood.startsWith("co-");
    here = Math.min(here, all.length - 1);
    if (here >= 0) all[here].classList.add("is-here");
    // The card that was dealt with has gone from the list: the next one has its place.
    const next = document.getElementById(stood) || (wasCard ? all[Math.max(here, 0)] : null);
    if (next) next.focus({ preventScroll: true });
  });
})();
