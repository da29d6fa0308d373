"""Views and filters begin with what the user may see: `Model.objects.visible_to(user)`, or a manager of an
object that was found so. What begins otherwise stands here, with its reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import nhipcau

APPS = Path(nhipcau.__file__).parent / "apps"
MANAGERS = {"objects", "_default_manager", "_base_manager"}
FINDERS = {"get_object_or_404", "get_list_or_404"}
EXCEPTIONS = {
    "desk/views/account.py Authenticator.objects.filter": "one's own keys, filtered by the user herself",
    "plans/views/task_history.py Event.objects.filter": "events of a task that the caller found so",
    "plans/views/task_rows.py Document.objects.defer": "whole rows of the documents of tasks in her sight",
    "plans/views/task_rows.py Assignment.objects.filter": "her own agencies' parts of tasks found so",
}


def unscoped(tree: ast.AST) -> Iterator[str]:
    """Uses of a model's manager that do not begin with `visible_to`, as they are written."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            after = parents[node]
            step = after.attr if isinstance(after, ast.Attribute) else ""
            if step != "visible_to":
                yield f"{ast.unparse(node)}.{step}".rstrip(".")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FINDERS:
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id[:1].isupper():
                yield f"{node.func.id}({first.id})"


def found() -> set[str]:
    wrong = set()
    for folder in (*APPS.glob("*/views"), *APPS.glob("*/filters")):
        for path in folder.rglob("*.py"):
            if "tests" not in path.parts:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                wrong |= {f"{path.relative_to(APPS).as_posix()} {use}" for use in unscoped(tree)}
    return wrong


def test_views_and_filters_begin_with_what_the_user_may_see() -> None:
    assert found() - set(EXCEPTIONS) == set()


def test_every_exception_is_one() -> None:
    assert set(EXCEPTIONS) - found() == set()


def test_the_rule_sees_what_it_forbids() -> None:
    seen = set(
        unscoped(ast.parse("Task.objects.filter(pk=1); get_object_or_404(Task, pk=1); x(Task.objects)"))
    )
    assert seen == {"Task.objects.filter", "get_object_or_404(Task)", "Task.objects"}
    assert not set(unscoped(ast.parse("get_object_or_404(Task.objects.visible_to(user), pk=1)")))
