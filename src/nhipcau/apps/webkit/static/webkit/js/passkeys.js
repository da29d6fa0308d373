// Says when a passkey was not used, and shows passkey buttons only where the browser can use them.
(function () {
  "use strict";
  if (window.PublicKeyCredential) {
    document.querySelectorAll("[data-needs-passkeys]").forEach(function (part) {
      part.hidden = false;
    });
  }
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    var said = document.getElementById("passkey_failed");
    if (said) said.hidden = false;
  });
})();
