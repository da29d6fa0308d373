// Small helps on every office page. Every page works without this file.
(function () {
  "use strict";

  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  // "/" goes to search, "?" to the list of keys. On the window, so that a page's own keys come first.
  window.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      var own = document.querySelector("main input[type=search]");
      var link = document.querySelector(".nc-find");
      if (own) own.focus();
      else if (link) link.click();
      else return;
      event.preventDefault();
    } else if (event.key === "?") {
      var help = document.querySelector(".nc-foot a[data-help]");
      if (help) help.click();
    }
  });

  // Menus close with Escape and on a click elsewhere.
  function openMenus() {
    return document.querySelectorAll("details.nc-menu[open], details.nc-user[open]");
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    openMenus().forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", function (event) {
    openMenus().forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // What is wrong is said by the page, in its language, not by the browser in its own.
  document.querySelectorAll("form").forEach(function (form) {
    form.noValidate = true;
  });

  // A form that was sent is not sent again by a second click. It is freed when the page is shown again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

  // After a refused form the summary of what is wrong is read first.
  var summary = document.querySelector(".nc-summary");
  if (summary) summary.focus();

  // A filter that changes by choosing sends itself; the button stays for those without this script.
  document.querySelectorAll("form[data-auto]").forEach(function (form) {
    form.addEventListener("change", function (event) {
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
    });
  });

  // All boxes of a form at once, or none of them; without this script each is ticked by hand.
  document.querySelectorAll("button[data-tick]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var boxes = Array.from(button.form.querySelectorAll("input[type=checkbox]"));
      var all = boxes.every(function (box) {
        return box.checked;
      });
      boxes.forEach(function (box) {
        box.checked = !all;
      });
    });
  });

  // Copying needs this script; without it the field can be marked and copied by hand, so the button is hidden.
  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    var field = document.getElementById(button.dataset.copy);
    if (!field || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(field.value).then(
        function () {
          button.textContent = button.dataset.copied;
        },
        function () {
          field.select();
        }
      );
    });
  });

  // A request that was refused or failed is said, never silent.
  document.addEventListener("htmx:responseError", function (event) {
    var target = document.getElementById("main");
    var text = document.body.dataset.failed;
    if (!target || !text || event.detail.xhr.getResponseHeader("X-Told")) return;
    var note = document.createElement("div");
    note.className = "nc-note nc-note-stop";
    note.setAttribute("role", "alert");
    note.textContent = text;
    target.prepend(note);
  });
})();
