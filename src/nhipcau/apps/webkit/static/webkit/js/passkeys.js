// Says when a passkey was not used, and shows passkey buttons only where the browser can use them.
(function () {
  "use strict";
  // Passkeys belong to a name: on a bare address (the demo on 127.0.0.1) browsers refuse them.
  var bare = /^[\d.]+$|^\[/.test(location.hostname);
  if (window.PublicKeyCredential && !bare) {
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
