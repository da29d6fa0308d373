// The plan desk's keys: one item is current; its sentence is lit and its form stands open.
// Without this file every item is a link to its form, and every form is a plain one.
(() => {
  "use strict";
  const OPEN_AFTER = 160; // ms of rest on an item before its form opens
  const root = () => document.getElementById("desk");
  if (!root() || !window.htmx) return;
  document.documentElement.classList.add("js");

  // `busy`: a change is on its way; keys pressed meanwhile wait in `queue`. `typed`: letters meant for a field
  // that is on its way. `saving`: a row that is saved while we have gone on already; `opening`: whose form opens then.
  const state = { key: null, timer: 0, wantFocus: false, scroll: null, row: new Map(), busy: false, turn: 0, queue: [], typed: "", saving: null, opening: null };
  const items = () => [...root().querySelectorAll("[data-key][data-state]")];
  const item = (key) => items().find((li) => li.dataset.key === key) || null;
  const sentences = (key) => [...root().querySelectorAll(`.pd-s[data-key="${CSS.escape(key)}"]`)];
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const say = (text) => { const box = document.getElementById("desk-say"); if (box) box.textContent = text || ""; };
  const words = (name) => root().dataset[name] || "";
  const isOpen = (li) => li && li.classList.contains("pd-edit");
  const formOf = (li) => (li ? li.querySelector("form[data-draft]") : null);

  // Two senders, so that a form that is fetched and a change that is made do not wait for each other.
  const sender = () => document.body.appendChild(Object.assign(document.createElement("div"), { hidden: true }));
  const getting = sender(), posting = sender();
  const get = (url, li) => window.htmx.ajax("GET", url, { source: getting, target: `#${li.id}`, swap: "outerHTML" });

  // ---- where we are -------------------------------------------------------------------------
  function light(key) {
    root().querySelectorAll(".pd-s.is-now").forEach((a) => { a.classList.remove("is-now"); a.removeAttribute("aria-current"); });
    items().forEach((li) => li.classList.toggle("pd-here", li.dataset.key === key && !isOpen(li)));
    const lit = sentences(key);
    lit.forEach((a) => { a.classList.add("is-now"); a.setAttribute("aria-current", "true"); });
    within(document.getElementById("vanban"), lit[0]);
    const li = item(key), mark = document.getElementById("desk-here");
    if (li && mark && li.dataset.x) { mark.setAttribute("transform", `translate(${li.dataset.x} 0)`); mark.removeAttribute("visibility"); }
  }

  function within(pane, element) {
    if (!pane || !element) return;
    const box = pane.getBoundingClientRect(), at = element.getBoundingClientRect();
    if (pane.scrollHeight <= pane.clientHeight + 1) return;
    if (at.top < box.top + 40 || at.bottom > box.bottom - 24) pane.scrollTop += at.top - box.top - box.height / 3;
  }

  function show(li) {
    const pane = document.getElementById("nhiemvu");
    if (pane.scrollHeight > pane.clientHeight + 1) within(pane, li);
    else li.scrollIntoView({ block: "nearest" });
  }

  function go(key, options = {}) {
    const li = item(key);
    if (!li) return;
    if (state.key !== key) leave(state.key);
    state.key = key;
    light(key);
    show(li);
    if (!options.keepFocus) focusOn(li);
    clearTimeout(state.timer);
    if (!isOpen(li) && li.dataset.form) state.timer = setTimeout(() => open(key), options.now ? 0 : OPEN_AFTER);
  }

  function focusOn(li) {
    const target = li.querySelector("[data-focus]");
    if (target) target.focus({ preventScroll: true });
  }

  // An open form that nobody touched folds back; a touched one is saved first.
  function leave(key) {
    const li = key && item(key);
    if (!isOpen(li)) return;
    const form = formOf(li);
    if (form && form.dataset.touched) { state.saving = key; post(form.dataset.save, values(form), `#${li.id}`); return; }
    if (state.row.has(key)) { li.outerHTML = state.row.get(key); window.htmx.process(item(key)); return; }
    get(li.dataset.row, li);
  }

  function open(key) {
    const li = item(key);
    if (!li || isOpen(li) || !li.dataset.form) return Promise.resolve();
    if (state.busy) { state.opening = key; return Promise.resolve(); }
    state.row.set(key, li.outerHTML.replace(" pd-here", ""));
    return get(li.dataset.form, li);
  }

  function move(step, wanted) {
    const all = items();
    let at = all.findIndex((li) => li.dataset.key === state.key);
    if (at < 0) at = step > 0 ? -1 : all.length;
    for (let i = at + step; i >= 0 && i < all.length; i += step) {
      if (!wanted || wanted(all[i])) { go(all[i].dataset.key); return true; }
    }
    if (wanted) {
      const first = all.find((li) => wanted(li) && li.dataset.key !== state.key);
      if (first) { go(first.dataset.key); return true; }
    }
    return false;
  }

  const doubtful = (li) => li.dataset.state === "doubt" || li.dataset.state === "none";
  const unseen = (li) => doubtful(li) || li.dataset.state === "new";

  // ---- changes ------------------------------------------------------------------------------
  function values(form) {
    const out = {};
    for (const [name, value] of new FormData(form)) (out[name] = out[name] || []).push(value);
    return out;
  }

  function post(url, data = {}, target = "#desk") {
    if (!url) return;
    state.busy = true;
    state.turn += 1;
    clearTimeout(state.timer);
    say("");
    state.scroll = [document.getElementById("vanban").scrollTop, document.getElementById("nhiemvu").scrollTop];
    window.htmx.ajax("POST", url, { source: posting, target, swap: "outerHTML", values: { ...data, csrfmiddlewaretoken: token(), order: root().dataset.order } });
  }

  const seen = (li) => ({ seen: li.dataset.seen || "" });

  function accept(li) {
    if (!li) return;
    const form = formOf(li);
    if (li.dataset.create) { post(li.dataset.create, JSON.parse(li.dataset.span)); return; }
    if (form) { post(form.getAttribute("action"), { ...values(form), then: "accept" }, `#${li.id}`); return; }
    if (li.dataset.accept) post(li.dataset.accept, seen(li), `#${li.id}`);
  }

  function split(li) {
    const box = li && li.querySelector("textarea[name=text]");
    const inside = box && box.selectionStart > 0 && box.selectionStart < box.value.length;
    if (inside) { post(li.dataset.split, { ...seen(li), text: box.value, at: [...box.value.slice(0, box.selectionStart)].length }); return; }
    if (li && li.dataset.split) window.location.assign(li.dataset.split);
  }

  function chosen() {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0), pane = document.getElementById("vanban");
    const pieces = [...pane.querySelectorAll("[data-o]")].filter((piece) => range.intersectsNode(piece));
    if (!pieces.length) return null;
    const count = (text) => [...text].length;
    const place = (piece, node, offset, atEnd) => {
      const from = Number(piece.dataset.o);
      if (!piece.contains(node)) return atEnd ? from + count(piece.textContent) : from;
      const before = document.createRange();
      before.setStart(piece, 0);
      before.setEnd(node, offset);
      return from + count(before.toString());
    };
    const start = place(pieces[0], range.startContainer, range.startOffset, false);
    const end = place(pieces[pieces.length - 1], range.endContainer, range.endOffset, true);
    return end > start ? { start, end } : null;
  }

  function create(li) {
    const span = chosen();
    if (span) { window.getSelection().removeAllRanges(); post(words("create"), span); return; }
    if (li && li.dataset.create) { post(li.dataset.create, JSON.parse(li.dataset.span)); return; }
    say(words("selectFirst"));
  }

  function edit(li) {
    if (!li) return;
    if (li.dataset.create) { create(li); return; }
    state.wantFocus = true;
    clearTimeout(state.timer);
    if (isOpen(li)) enterForm(li); else open(li.dataset.key);
  }

  function enterForm(li) {
    state.wantFocus = false;
    const form = formOf(li);
    if (!form) return;
    const field = form.querySelector(".nc-f.is-doubt .form-control, .nc-f.nc-field-error .form-control") || form.querySelector(".form-control");
    if (!field) return;
    field.focus();
    if (field.matches("input")) field.select();
    if (field.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
    if (state.typed && field.matches("input")) { field.value = state.typed; form.dataset.touched = "1"; }
    state.typed = "";
  }

  // ---- keys ---------------------------------------------------------------------------------
  const keys = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    d: () => { if (!move(1, doubtful)) say(words("noDoubt")); },
    e: (li) => edit(li), s: (li) => split(li), n: (li) => create(li),
    g: (li) => li && post(li.dataset.join, seen(li)),
    x: (li) => {
      if (!li) return;
      if (li.dataset.aside) post(li.dataset.aside, JSON.parse(li.dataset.span));
      else post(li.dataset.drop || li.dataset.restore, seen(li), `#${li.id}`);
    },
    u: () => post(words("undo")),
    a: () => { const link = document.getElementById("desk-approve"); if (link) link.click(); },
    "?": () => { const box = document.getElementById("desk-keys"); if (box) box.showModal(); },
  };

  document.addEventListener("keydown", (event) => {
    if (!root() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const field = event.target.closest("input, textarea, select");
    if (field && !field.closest("form[data-draft]")) return;
    if (state.busy && (event.key === "Enter" || event.key.length === 1)) { event.preventDefault(); wait(event.key); return; }
    if (field) { inField(event, field); return; }
    if (state.wantFocus && event.key.length === 1) { event.preventDefault(); state.typed += event.key; return; }
    const other = event.target.closest("a, button, summary");
    if (event.key === "Enter" && other && !other.matches("[data-focus], .pd-s")) return;
    if (event.key.startsWith("Arrow") && event.target.closest("#vanban")) return;
    if (perform(event.key)) event.preventDefault();
  });

  function perform(key) {
    const li = item(state.key);
    if (key === "Enter") { accept(li); return Boolean(li); }
    const action = keys[key.length === 1 ? key.toLowerCase() : key];
    if (action) action(li);
    return Boolean(action);
  }

  function wait(key) { if (state.queue.length < 6) state.queue.push(key); }

  // The change has arrived: what was pressed meanwhile happens now, one after the other.
  function release() {
    state.busy = false;
    while (state.queue.length && !state.busy) {
      const key = state.queue.shift();
      if (state.wantFocus && key.length === 1) state.typed += key;
      else perform(key);
    }
    const key = state.opening;
    if (state.busy || !key) return;
    state.opening = null;
    if (key === state.key) open(key);
  }

  function giveUp(text) { state.queue = []; state.busy = false; say(text); }

  function inField(event, field) {
    const form = field.closest("form[data-draft]");
    if (!form) return;
    const li = form.closest("[data-key]");
    if (event.key === "Escape") { event.preventDefault(); focusOn(li); }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); accept(li); }
  }

  // ---- mouse --------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    if (!root() || !root().contains(event.target)) return;
    const suggestion = event.target.closest("[data-fill]");
    if (suggestion) { fill(suggestion); return; }
    const button = event.target.closest("button[data-do]");
    if (button) { event.preventDefault(); run(button); return; }
    const link = event.target.closest("a.pd-s, a[data-focus]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const selection = window.getSelection();
    if (link.matches(".pd-s") && selection && !selection.isCollapsed) return;
    go(link.closest("[data-key]").dataset.key, { now: true, keepFocus: link.matches(".pd-s") });
  });

  function run(button) {
    const li = button.closest("[data-key]");
    const does = { accept, split, create, join: keys.g, drop: keys.x };
    state.key = li.dataset.key;
    does[button.dataset.do](li);
  }

  function fill(button) {
    const field = document.getElementById(button.dataset.for);
    if (!field) return;
    field.value = button.dataset.fill;
    field.closest("form").dataset.touched = "1";
    field.focus();
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form) form.dataset.touched = "1";
  });

  // ---- after the server answered ------------------------------------------------------------
  document.body.addEventListener("htmx:afterSettle", () => {
    if (!root()) return;
    items().forEach((li) => sentences(li.dataset.key).forEach((a) => {
      a.classList.remove("is-ok", "is-new", "is-doubt", "is-none", "is-off");
      a.classList.add(`is-${li.dataset.state}`);
      const label = a.querySelector(".nc-sr");
      if (label && li.dataset.label) label.textContent = `${li.dataset.label}: `;
    }));
    if (state.scroll && state.whole) {
      [document.getElementById("vanban").scrollTop, document.getElementById("nhiemvu").scrollTop] = state.scroll;
    }
    state.whole = false;
    if (state.key && item(state.key)) { light(state.key); if (state.wantFocus && isOpen(item(state.key))) enterForm(item(state.key)); }
    if (document.activeElement === document.body && item(state.key)) focusOn(item(state.key));
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    // A form that arrives while its row is being changed comes too late.
    if (state.busy && event.detail.requestConfig.verb === "get") event.detail.shouldSwap = false;
    state.whole = event.detail.target && event.detail.target.id === "desk";
  });
  document.body.addEventListener("desk:at", (event) => {
    const { key, next, refused } = event.detail;
    if (refused) state.queue = [];
    state.row.delete(key);
    requestAnimationFrame(() => {
      if (state.saving === key) { state.saving = null; light(state.key); }
      else if (!(next && move(1, unseen)) && item(key)) go(key, { now: !next });
      release();
    });
  });
  document.body.addEventListener("desk:say", (event) => say(event.detail.text));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    // A form that came back with an error moves nobody.
    if (!event.detail.successful || event.detail.requestConfig.verb !== "post") return;
    const turn = state.turn;
    setTimeout(() => { if (state.busy && state.turn === turn) release(); }, 400);
  });
  document.body.addEventListener("htmx:sendError", () => giveUp(words("offline")));
  document.body.addEventListener("htmx:responseError", () => giveUp(words("failed")));

  const opened = root().querySelector(".pd-edit[data-key]") || items().find(unseen) || items()[0];
  if (opened) { state.key = opened.dataset.key; light(state.key); show(opened); if (!isOpen(opened)) open(state.key); focusOn(opened); }
})();
