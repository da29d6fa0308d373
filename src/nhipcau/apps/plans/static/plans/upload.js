// Dropping a file onto the upload box, and how much of it has gone out. The plain form works without this.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  function bind() {
    const box = document.getElementById("drop");
    if (!box) return;
    const input = box.querySelector("input[type=file]"), form = box.closest("form");
    const name = document.getElementById("chosen");
    const over = (on) => (event) => { event.preventDefault(); box.classList.toggle("is-over", on); };
    box.addEventListener("dragover", over(true));
    box.addEventListener("dragleave", over(false));
    box.addEventListener("drop", (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("change", () => { if (name) name.textContent = input.files.length ? input.files[0].name : ""; });
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  }

  function send(form) {
    const request = new XMLHttpRequest(), bar = document.getElementById("sent");
    const button = form.querySelector("button");
    button.disabled = true;
    request.open("POST", form.getAttribute("action"));
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      bar.hidden = false;
      bar.querySelector("progress").value = Math.round((100 * step.loaded) / step.total);
    });
    request.addEventListener("load", () => {
      const address = request.getResponseHeader("HX-Redirect");
      if (address) { window.location.assign(address); return; }
      show(request.responseText);
    });
    request.addEventListener("error", () => { button.disabled = false; form.submit(); });
    request.send(new FormData(form));
  }

  // A refusal comes as the page with the reason on it.
  function show(html) {
    const page = new DOMParser().parseFromString(html, "text/html"), main = page.querySelector("main");
    if (!main) { window.location.reload(); return; }
    document.querySelector("main").replaceWith(main);
    bind();
    const first = main.querySelector("[role=alert], .nc-field-error");
    if (first) { first.setAttribute("tabindex", "-1"); first.focus(); }
  }

  bind();
})();
