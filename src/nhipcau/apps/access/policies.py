"""One policy a model: may she do this to that? Deny by default.

"view" is never written twice: it is membership in the QuerySet's `visible_to(user)`.
Other verbs are rules `(scope, user, object) -> bool`, asked only about objects in view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.scope import Behalf, Scope, joined, scope_of, seen_as
from nhipcau.apps.accounts.models import User

# Verbs that are asked about a model as such; every other one needs an object, and about a model it is denied.
OF_MODELS = frozenset(("create", "list", "erase"))
Rule = Callable[[Scope, User, Any], bool]
_rules: dict[type[models.Model], dict[str, Rule]] = {}


def policy(model: type[models.Model], **verbs: Rule) -> None:
    """Register the rules of a model, once, at start (from the app's `policies.py`)."""
    if model in _rules:
        raise ValueError(f"{model.__name__} has a policy already")
    _rules[model] = verbs


def visible(user: object, model: type[models.Model], pk: Any) -> bool:
    """Whether the object is in the user's scope."""
    manager: Any = model._default_manager
    return bool(manager.visible_to(user).filter(pk=pk).exists())


def can(actor: object, verb: str, subject: models.Model | type[models.Model]) -> bool:
    """Whether `actor` may do `verb` to an object, or to a model as such ("create", "list")."""
    if isinstance(actor, System):
        return True
    # Not type(): the request's user is a lazy stand-in.
    model = subject if isinstance(subject, type) else subject.__class__
    if not isinstance(actor, User) or not actor.is_active or model not in _rules:
        return False
    if not isinstance(subject, type) and not visible(actor, model, subject.pk):
        return False
    if verb == "view":
        return not isinstance(subject, type)
    if isinstance(subject, type) and verb not in OF_MODELS:
        return False
    rule = _rules[model].get(verb)
    return bool(rule and rule(scope_of(actor), actor, None if isinstance(subject, type) else subject))


def on_behalf(actor: Actor, verb: str, subject: models.Model | type[models.Model]) -> tuple[Behalf, ...]:
    """Those whose roles the actor needs for what she may do; nobody when her own are enough."""
    if not isinstance(actor, User):
        return ()
    scope = scope_of(actor)
    if not scope.behalf or scope.own is None:
        return ()
    with seen_as(actor, scope.own):
        if can(actor, verb, subject):
            return ()
    for absent in scope.behalf:
        with seen_as(actor, joined(scope.own, absent)):
            if can(actor, verb, subject):
                return (absent,)
    return scope.behalf


def may(user: User, verb: str, found: models.Model) -> bool:
    """The rule alone, of an object that was found in her scope: for pages that show many of them."""
    rule = _rules[found.__class__].get(verb)
    return bool(user.is_active and rule and rule(scope_of(user), user, found))


def require(actor: Actor, verb: str, subject: models.Model | type[models.Model]) -> None:
    """404 when the object is out of scope, 403 when it is in scope without the right."""
    if can(actor, verb, subject):
        return
    if not isinstance(subject, type) and not (
        isinstance(actor, User) and visible(actor, subject.__class__, subject.pk)
    ):
        raise Http404
    raise PermissionDenied


def registered() -> dict[type[models.Model], dict[str, Rule]]:
    """All policies, for the tests that hold every model and verb to them."""
    return {model: dict(verbs) for model, verbs in _rules.items()}
