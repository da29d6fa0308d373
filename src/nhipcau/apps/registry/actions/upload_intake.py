"""A file of people is sent: an intake that is checked, or the one that the same bytes gave before."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.identity import as_part
from nhipcau.apps.access.keyring import new_rows
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files import store
from nhipcau.apps.files.gate import gate
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.files.removed import lock_hash
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.intakes.files import ORIGINAL, keep, new_key, pieces_of
from nhipcau.apps.registry.intakes.queue import CHECK, begin
from nhipcau.apps.registry.models import Intake, Round, RunningSource
from nhipcau.apps.registry.reach import senders_of
from nhipcau.core.filegate import Admitted, Gate, Rejected, admit
from nhipcau.core.filegate.zipguard import ZipLimits
from nhipcau.core.sealing import SealingError
from nhipcau.core.tablereader import Refusal

# 100,000 rows of 15 cells are some 10 MB, 75 MB unpacked.
MOST = 40 * 2**20
LISTS = Gate(
    allowed=("xlsx", "ods", "txt"),
    most=MOST,
    most_text=MOST,
    zip_limits=ZipLimits(part=256 * 2**20, total=320 * 2**20),
)
ALLOWED = ".xlsx, .ods, .csv"


def upload_intake(
    file: store.Incoming, name: str, *, sender: Organisation, source: Round | RunningSource, actor: User
) -> Intake:
    """Raises Refusal for what the gate sends back, Refused for a sender or source that is not hers to use."""
    if sender.pk not in senders_of(actor):
        raise Refused(_("You do not send lists for this body."))
    passed = Gate(
        allowed=LISTS.allowed,
        most=LISTS.most,
        most_text=LISTS.most_text,
        zip_limits=LISTS.zip_limits,
        scanner=gate().scanner,
    )
    with act(actor, "registry.upload_intake", Intake, permission="create") as entry:
        _check_source(source)
        with store.received(file, passed.most) as path:
            try:
                admitted = admit(path, name, passed)
            except Rejected as rejected:
                values = (
                    {**rejected.values, "allowed": ALLOWED} if rejected.code == "type" else rejected.values
                )
                raise Refusal(rejected.code, **values) from rejected
            lock_hash(admitted.sha256)
            intake = _standing(admitted.sha256, actor)
            fresh = intake is None
            if intake is None:
                intake = _made(path, admitted, sender, source, actor)
                begin(CHECK, intake)
                intake.refresh_from_db()
        entry.subject = intake
        note(entry, new=fresh)
    return intake


def _check_source(source: Round | RunningSource) -> None:
    if isinstance(source, Round) and source.state != Round.State.OPEN:
        raise Refused(_("This round takes no records now."))
    if isinstance(source, RunningSource) and source.ended_at is not None:
        raise Refused(_("This source has ended."))


def _standing(digest: str, actor: User) -> Intake | None:
    """The intake that these bytes gave, where it is hers to see; nobody's bytes are taken twice."""
    with as_part("intake"):
        there = Intake.objects.filter(digest=digest, state__in=Intake.STANDING).exists()
    if not there:
        return None
    hers = Intake.objects.visible_to(actor).filter(digest=digest, state__in=Intake.STANDING).first()
    if hers is None:
        raise Refused(_("Another body has sent this very file. Ask who keeps the register."))
    return hers


def _made(
    path: Path, admitted: Admitted, sender: Organisation, source: Round | RunningSource, actor: User
) -> Intake:
    """The file is on the disk sealed alone (decision 23)."""
    (row,) = new_rows(Intake)
    try:
        key, sealed = new_key(row)
    except SealingError as error:
        raise Refused(
            _("The keys that seal lists of people are missing. Ask the system administrator.")
        ) from error
    return Intake.objects.create(
        pk=row,
        upload=keep(key, ORIGINAL, pieces_of(path), size=admitted.size, user=actor.pk),
        file_key=sealed,
        name=admitted.name,
        digest=admitted.sha256,
        sender=sender,
        stated_on=source.reference_date if isinstance(source, Round) else timezone.localdate(),
        created_by=actor,
        work=LongWork.objects.create(kind="check-intake", owner=actor),
        **({"round": source} if isinstance(source, Round) else {"running_source": source}),
    )
