"""A file becomes a document that waits to be read."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files import store
from nhipcau.apps.files.gate import gate
from nhipcau.apps.files.models import Upload
from nhipcau.apps.files.removed import SECRET, lock_hash
from nhipcau.apps.plans.amending import amended
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.uploads import begin_reading, refuse
from nhipcau.core.filegate import Admitted, Rejected, admit, safe_name
from nhipcau.core.planreader.refusal import Refusal


def upload_document(
    file: store.Incoming, name: str, *, actor: User, amends: Document | None = None
) -> Document:
    """The document of the file: state READING and a job under way, or REFUSED with the reason in `refusal`
    (see uploads.message_of), or, for bytes that are here already, the document they gave the first time.

    `amends` is the approved plan that it changes. Raises Refused("amended-unapproved"), and
    Refused("here-already") when the bytes became something else than an amendment of that plan.
    """
    if amends is not None and amends.state != Document.State.APPROVED:
        raise Refused("amended-unapproved")
    passed, chosen, amends = gate(), amends, _in_force(amends)
    with act(actor, "plans.upload_document", Document, permission="create") as entry:
        with store.received(file, passed.most) as path:
            try:
                admitted = admit(path, name, passed)
            except Rejected as rejected:
                digest, size = store.digest_of(path), path.stat().st_size
                document = _refused(digest, size, safe_name(name), rejected, actor)
            else:
                lock_hash(admitted.sha256)
                found = _known(admitted, actor)
                if found is not None and chosen is not None:
                    _amend(found, chosen, amends)
                document = found or _new(admitted, actor, amends)
                if found is None:
                    store.keep(path, admitted.sha256)
        if document.state == Document.State.READING and document.work is None:
            begin_reading(document, actor)
        entry.subject = document
        note(entry, state=document.state, refusal=(document.refusal or {}).get("code"))
    document.refresh_from_db()
    return document


def _in_force(amends: Document | None) -> Document | None:
    """The latest approved amendment of the plan: its tasks are the ones that can change."""
    while amends is not None:
        later = amends.amendments.filter(state=Document.State.APPROVED).order_by("-pk").first()
        if later is None:
            break
        amends = later
    return amends


def _known(admitted: Admitted, actor: User) -> Document | None:
    """The document that these bytes gave before.

    One that could not be read is tried again; one that was refused for its secrecy mark is refused at
    once.
    """
    kept = Upload.objects.filter(sha256=admitted.sha256, state=Upload.State.KEPT).first()
    if kept is not None:
        document = Document.objects.filter(upload=kept).order_by("pk").first()
        if document is not None and document.state == Document.State.REFUSED:
            document.state, document.work = Document.State.READING, None
        return document
    if Upload.objects.filter(sha256=admitted.sha256, refusal=SECRET).exists():
        return _refused(admitted.sha256, admitted.size, "", Refusal(SECRET, mark="Mật"), actor)
    return None


def _amend(found: Document, chosen: Document, amends: Document | None) -> None:
    """A document that is to be read once more becomes the amendment; another one has to be it."""
    if found.state == Document.State.READING and found.work is None:
        found.amends = amends
    elif found.state != Document.State.REFUSED and chosen.pk not in amended(found):
        what = found.number or found.title[:60] or str(found.get_kind_display())
        raise Refused("here-already", what=what)


def _new(admitted: Admitted, actor: User, amends: Document | None) -> Document:
    upload = Upload.objects.create(
        sha256=admitted.sha256, size=admitted.size, name=admitted.name, format=admitted.kind, created_by=actor
    )
    return Document.objects.create(upload=upload, amends=amends, created_by=actor)


def _refused(sha256: str, size: int, name: str, reason: Rejected | Refusal, actor: User) -> Document:
    upload = Upload.objects.create(
        sha256=sha256,
        size=size,
        name=name,
        state=Upload.State.REFUSED,
        refusal=reason.code,
        created_by=actor,
    )
    document = Document.objects.create(upload=upload, created_by=actor)
    refuse(document, reason.code, reason.values)
    return document
