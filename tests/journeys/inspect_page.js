// Evaluated in a page by the crawl; gives plain data.
(function () {
  "use strict";
  const EXEMPT = "[data-user-text], [lang]:not(html), script, style, kbd, code, noscript, template, textarea, svg";
  const BLOCK = /^(address|article|aside|blockquote|button|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|label|legend|li|main|nav|ol|option|optgroup|p|pre|section|select|summary|table|tbody|td|tfoot|th|thead|title|tr|ul|br|input|textarea)$/;

  // The page's own words in order: users' words and other languages left out, blocks on lines of their own.
  function words(root) {
    let out = "";
    (function walk(node) {
      if (node.nodeType === Node.TEXT_NODE) {
        out += node.data;
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      if (node !== document.documentElement && node.matches(EXEMPT)) return;
      const block = BLOCK.test(node.localName);
      if (block) out += "\n";
      for (const child of node.childNodes) walk(child);
      if (block) out += "\n";
    })(root);
    return out;
  }

  function attributes() {
    const found = [];
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-label", "data-failed", "label"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (element.closest("[data-user-text], [lang]:not(html)")) continue;
        found.push(element.getAttribute(name));
      }
    }
    return found.join("\n");
  }

  function wider() {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    const culprits = [];
    for (const element of document.querySelectorAll("body *")) {
      const box = element.getBoundingClientRect();
      if (box.right > limit + 1 && box.width > 0 && !element.closest(".nc-scroll, .nc-tabs, .nc-sr")) {
        culprits.push(`${element.localName}.${element.getAttribute("class") || ""} ${Math.round(box.right)}`);
      }
    }
    return culprits.length ? culprits.slice(0, 5) : [`page ${document.documentElement.scrollWidth}`];
  }

  const links = [];
  for (const link of document.querySelectorAll("a[href]")) {
    if (!link.hasAttribute("download") && link.origin === location.origin) links.push(link.pathname + link.search);
  }
  return {
    language: document.documentElement.lang,
    title: document.title,
    words: words(document.querySelector("title")) + "\n" + words(document.body),
    attributes: attributes(),
    wider: wider(),
    links: links,
    headings: document.querySelectorAll("h1").length,
  };
})();
