"""What stands on a page, read without a browser: as `inspect_page.js` does, but for what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from lxml import html
from lxml.html import HtmlElement
from tests.journeys.crawl import Visit

LEFT_OUT = {"script", "style", "kbd", "code", "noscript", "template", "textarea", "svg"}
BLOCK = {
    "address", "article", "aside", "blockquote", "br", "button", "caption", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "input", "label", "legend", "li", "main", "nav", "ol", "optgroup", "option", "p", "pre",
    "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr",
    "ul",
}  # fmt: skip
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-label", "data-failed", "label")


def read_by(client: Client) -> Visit:
    """As the client's user; a fragment that the page fetches by itself is read with it."""

    def visit(address: str) -> dict[str, Any] | None:
        answer = client.get(address, follow=True)
        assert answer.status_code < 500, f"{answer.status_code} {address}"
        if "text/html" not in answer.headers.get("content-type", ""):
            answer.close()
            return None
        here = answer.request["PATH_INFO"]
        page = html.fromstring(answer.content.decode())
        seen = inspect(page, here)
        form = page.find(".//*[@data-form]")
        if form is not None:
            fetched = client.get(form.get("data-form"), headers={"HX-Request": "true"})
            fragment = inspect(html.fromstring(fetched.content.decode()), here)
            seen = {name: found + fragment[name] for name, found in seen.items()}
        return seen

    return visit


def inspect(page: HtmlElement, here: str) -> dict[str, Any]:
    """The page's own words and attributes (users' words and other languages left out) and its links."""
    titles = [title for title in page.iter("title") if title.getparent().tag == "head"]
    words = "".join("".join(words_of(part)) for part in (*titles, *(page.xpath("//body") or [page])))
    attributes = [
        value
        for name in ATTRIBUTES
        for element in page.xpath(f"//*[@{name}][not(ancestor-or-self::*[@data-user-text])]")
        if not of_another_language(element) and (value := element.get(name))
    ]
    links = [link.get("href").partition("#")[0] for link in page.xpath("//a[@href][not(@download)]")]
    return {
        "words": words,
        "attributes": "\n".join(attributes) + "\n",
        "links": [urljoin(here, link) for link in links if not urlsplit(link).netloc and is_address(link)],
    }


def is_address(link: str) -> bool:
    return urlsplit(link).scheme == ""


def of_another_language(element: HtmlElement) -> bool:
    return bool(element.xpath("ancestor-or-self::*[@lang][not(self::html)]"))


def words_of(node: HtmlElement) -> Iterator[str]:
    """In order, blocks on lines of their own."""
    if not isinstance(node.tag, str) or node.tag in LEFT_OUT or "data-user-text" in node.attrib:
        return
    if "lang" in node.attrib and node.tag != "html":
        return
    block = "\n" if node.tag in BLOCK else ""
    yield block
    yield node.text or ""
    for child in node:
        yield from words_of(child)
        yield child.tail or ""
    yield block
