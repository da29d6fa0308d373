// Keys of the review desk: the sign of a key presses what carries it. Without this file everything is a
// plain link, button or field.
(() => {
  "use strict";
  let gone = false;
  window.addEventListener("pageshow", () => { gone = false; });

  const pressed = (key) => document.querySelector(`[data-press="${CSS.escape(key)}"]`);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const field = event.target.closest("input, textarea, select");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    const what = event.key.length === 1 && pressed(event.key.toLowerCase());
    // What is on its way is not followed by a second answer, which would be meant for another pair.
    if (!what || gone) return;
    event.preventDefault();
    if (what.matches("input")) {
      what.focus();
      return;
    }
    gone = true;
    what.click();
  });

  const wrong = document.querySelector(".rv-reason.nc-field-error input");
  if (wrong) wrong.focus();
})();
