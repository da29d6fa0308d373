"""Rows of agencies: known, new, or wrong; which is above which."""

from __future__ import annotations

from nhipcau.apps.orgs.sheets.checking import Checked, Key, Sheets, complete
from nhipcau.apps.orgs.sheets.columns import KINDS
from nhipcau.apps.orgs.sheets.values import day_of, is_name, kind_of, one_line, same_marks, several
from nhipcau.core.text import fold


def check_agency(checked: Checked, sheets: Sheets) -> None:
    """All but the agency above it, which may stand further down."""
    sheets.rows[checked.key] = checked
    fine = complete(checked)
    name = one_line(checked.text("name"))
    kind, since = kind_of(checked.text("kind")), None
    if name and not is_name(name):
        checked.say("name", "not-a-name")
    if checked.text("kind") and kind not in KINDS:
        checked.say("kind", "no-kind", text=checked.text("kind"))
    if checked.text("since"):
        since = day_of(checked.text("since"))
        if since is None:
            checked.say("since", "no-day", text=checked.text("since"))
    if not fine:
        # Whoever names it is told that its own row is wrong.
        _remember(checked, name, sheets)
        return
    checked.meaning = {
        "name": name,
        "abbreviation": one_line(checked.text("abbreviation")),
        "code": one_line(checked.text("code")),
        "kind": kind,
        "parent": None,
        "aliases": several(checked.text("aliases")),
        "since": since.isoformat() if since else None,
    }
    _match(checked, name, sheets)
    _remember(checked, name, sheets)


def _match(checked: Checked, name: str, sheets: Sheets) -> None:
    found = sheets.bodies.named(name)
    if len(found) > 1:
        checked.say("name", "several", names="; ".join(sorted(map(sheets.bodies.name, found))))
        return
    code = str(checked.meaning["code"])
    owners = sheets.bodies.by_code.get(code.casefold(), set()) - found if code else set()
    if owners:
        checked.say("code", "code-taken", text=code, name=sheets.bodies.name(min(owners)))
    if found:
        (pk,) = found
        if _differs(name, pk, sheets):
            checked.say("name", "similar", name=sheets.bodies.name(pk))
            return
        checked.organisation = pk
        _compare(checked, pk, sheets)


def _differs(text: str, pk: int, sheets: Sheets) -> bool:
    """The same letters as a name of the agency, with other marks: Tân Hòa is not Tân Hóa."""
    ways = (sheets.bodies.name(pk), *sheets.bodies.known[pk].aliases)
    return fold(text) in map(fold, ways) and not any(same_marks(text, way) for way in ways)


def _compare(checked: Checked, pk: int, sheets: Sheets) -> None:
    """What the sheet has otherwise is shown and left; only further names are added."""
    known, bodies, meaning = sheets.bodies.known[pk], sheets.bodies, checked.meaning
    for key, ours in (("abbreviation", known.abbreviation), ("code", bodies.codes.get(pk, ""))):
        if meaning[key] and meaning[key].casefold() != ours.casefold():
            checked.say(key, "differs", ours=ours or "–", theirs=meaning[key])
    if meaning["kind"] and meaning["kind"] != known.kind:
        checked.say("kind", "differs", ours=known.kind, theirs=meaning["kind"])
    there = {fold(way) for way in (known.name, known.abbreviation, *known.aliases)}
    meaning["aliases"] = [text for text in meaning["aliases"] if fold(text) not in there]
    for text in meaning["aliases"]:
        checked.say("aliases", "adds-alias", text=text)


def _remember(checked: Checked, name: str, sheets: Sheets) -> None:
    spelt = " ".join(name.casefold().split())
    earlier = sheets.named.get(f"={spelt}", set())
    if earlier and spelt:
        checked.say("name", "twice", row=min(earlier)[1])
        return
    others = (checked.meaning.get("abbreviation", ""), *checked.meaning.get("aliases", ()))
    for key in (f"={spelt}", fold(name), *map(fold, others)):
        if key:
            sheets.named.setdefault(key, set()).add(checked.key)


def in_sheet(text: str, sheets: Sheets) -> set[Key]:
    """The rows of agencies that a name in the sheet can mean."""
    spelt = " ".join(one_line(text).casefold().split())
    return sheets.named.get(f"={spelt}") or sheets.named.get(fold(one_line(text)), set())


def refer(checked: Checked, column: str, text: str, sheets: Sheets) -> dict[str, object] | None:
    """The agency that a cell names: {"pk"} of a known one, {"row"} of the sheet's; None with a remark."""
    keys, found = in_sheet(text, sheets), sheets.bodies.named(text)
    if len(keys) == 1:
        (key,) = keys
        return _of_sheet(checked, column, key, sheets)
    if len(found) == 1 and not keys:
        (pk,) = found
        if _differs(text, pk, sheets):
            checked.say(column, "similar", name=sheets.bodies.name(pk))
            return None
        return {"pk": pk}
    if not keys and not found:
        checked.say(column, "no-agency", text=text)
        return None
    names = [sheets.rows[key].text("name") for key in keys] or [sheets.bodies.name(pk) for pk in found]
    checked.say(column, "several", names="; ".join(sorted(names)))
    return None


def _of_sheet(checked: Checked, column: str, key: Key, sheets: Sheets) -> dict[str, object] | None:
    row = sheets.rows[key]
    if row.organisation is not None:
        return {"pk": row.organisation}
    if row.wrong and row is not checked:
        checked.say(column, "agency-wrong", row=key[1])
        return None
    return {"row": list(key)}


def check_parents(agencies: list[Checked], sheets: Sheets) -> None:
    """After all agencies are known: which is above which. A row under a wrong one is wrong too."""
    for checked in agencies:
        text = one_line(checked.text("parent"))
        if not text or not checked.meaning:
            continue
        above = refer(checked, "parent", text, sheets)
        checked.meaning["parent"] = above
        if checked.organisation is not None and above is not None:
            _compare_parent(checked, text, above, sheets)
    _circles(agencies, sheets)
    # The wrong ones take along those below them, however deep.
    changed = True
    while changed:
        changed = False
        for checked in agencies:
            above = (checked.meaning.get("parent") or {}).get("row")
            if above and not checked.wrong and sheets.rows[tuple(above)].wrong:
                checked.say("parent", "agency-wrong", row=above[1])
                changed = True


def _compare_parent(checked: Checked, text: str, above: dict[str, object], sheets: Sheets) -> None:
    ours = sheets.bodies.parents.get(checked.organisation or 0)
    if above.get("pk") != ours:
        known = sheets.bodies.known.get(ours or 0)
        checked.say("parent", "differs", ours=known.name if known else "–", theirs=text)


def _circles(agencies: list[Checked], sheets: Sheets) -> None:
    for checked in agencies:
        seen, at = {checked.key}, checked
        while (above := (at.meaning.get("parent") or {}).get("row")) is not None:
            if tuple(above) in seen:
                checked.say("parent", "circle")
                break
            seen.add(tuple(above))
            at = sheets.rows[tuple(above)]
