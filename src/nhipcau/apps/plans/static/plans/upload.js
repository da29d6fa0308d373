// Dropping a file onto the upload box, and how much of it has gone out. The plain form works without this.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const box = document.getElementById("drop");
  if (!box) return;
  const input = box.querySelector("input[type=file]"), form = box.closest("form");
  const bar = document.getElementById("sent"), name = document.getElementById("chosen");
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
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action"));
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable || !bar) return;
      bar.hidden = false;
      bar.querySelector("progress").value = Math.round((100 * step.loaded) / step.total);
    });
    // The answer is a page, a refusal or the progress of the reading: show it as the browser would have.
    request.addEventListener("load", () => {
      if (request.responseURL && request.responseURL !== form.action) { window.location.assign(request.responseURL); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = page.querySelector("main");
      if (!main) { window.location.reload(); return; }
      document.querySelector("main").replaceWith(main);
      document.title = page.title;
      const first = main.querySelector(".nc-field-error, [role=alert]");
      if (first) { first.setAttribute("tabindex", "-1"); first.focus(); }
      window.location.hash = "";
    });
    request.addEventListener("error", () => form.submit());
    request.send(new FormData(form));
  });
})();
