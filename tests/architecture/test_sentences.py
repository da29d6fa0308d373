"""Every event that an action writes has a sentence, found in the source: no page prints a verb."""

from __future__ import annotations

import ast
from pathlib import Path

import nhipcau
from nhipcau.apps.audit.sentences import registered_verbs

APPS = Path(nhipcau.__file__).parent / "apps"


# Frames of an app that are told the verb alone.
FRAMES = {"reviewing": "plans", "editing": "orgs", "building": "reporting", "composing": "reporting"}
# Which argument of a frame is the verb.
PLACES = {"act": 1, "act_on_many": 1, "framed": 1, "Entry": 0, **dict.fromkeys(FRAMES, 1)}


def verbs_written() -> set[str]:
    """The names given to `act`, `Entry` and the frames in the apps."""
    found = set()
    for path in APPS.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found |= _verb(node.func.id, node.args)
    return found


def _verb(name: str, arguments: list[ast.expr]) -> set[str]:
    place = PLACES.get(name)
    if place is None or len(arguments) <= place or not isinstance(arguments[place], ast.Constant):
        return set()
    verb = str(ast.literal_eval(arguments[place]))
    if ":" in verb:  # the menu's Entry names an address
        return set()
    return {f"{FRAMES[name]}.{verb}" if name in FRAMES else verb}


def test_every_verb_has_a_sentence() -> None:
    written = verbs_written()
    assert len(written) > 20
    assert written - registered_verbs() == set()


def test_every_sentence_is_of_a_verb() -> None:
    assert registered_verbs() - verbs_written() == set()
