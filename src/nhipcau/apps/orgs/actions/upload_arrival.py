"""A sheet of agencies and people becomes an import that waits to be checked."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files import store
from nhipcau.apps.files.gate import gate
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.files.removed import lock_hash
from nhipcau.apps.orgs.arriving import STEPS, begin_checking
from nhipcau.apps.orgs.models import Arrival
from nhipcau.core.filegate import Admitted, Gate, Rejected, admit
from nhipcau.core.tablereader import Refusal

TABLES = Gate(allowed=("xlsx", "ods", "txt"), most=10 * 2**20)
ALLOWED = ".xlsx, .ods, .csv"


def upload_arrival(file: store.Incoming, name: str, *, actor: User) -> Arrival:
    """The import of the file: being checked, or the one that the same bytes gave before.

    One that was undone or could not be read is begun anew. Raises Refusal for what the gate sends back.
    """
    passed = Gate(allowed=TABLES.allowed, most=TABLES.most, scanner=gate().scanner)
    with act(actor, "orgs.upload_arrival", Arrival, permission="create") as entry:
        with store.received(file, passed.most) as path:
            try:
                admitted = admit(path, name, passed)
            except Rejected as rejected:
                values = (
                    {**rejected.values, "allowed": ALLOWED} if rejected.code == "type" else rejected.values
                )
                raise Refusal(rejected.code, **values) from rejected
            lock_hash(admitted.sha256)
            upload = _upload(admitted, actor)
            store.keep(path, admitted.sha256)
        arrival = Arrival.objects.filter(upload=upload, state__in=IN_FORCE).first()
        fresh = arrival is None
        if arrival is None:
            work = LongWork.objects.create(kind="check-arrival", owner=actor, total=STEPS)
            arrival = Arrival.objects.create(
                upload=upload, day=timezone.localdate(), created_by=actor, work=work
            )
            begin_checking(arrival)
            arrival.refresh_from_db()
        entry.subject = arrival
        note(entry, new=fresh)
    return arrival


IN_FORCE = (Arrival.State.CHECKING, Arrival.State.CHECKED, Arrival.State.CONFIRMED)


def _upload(admitted: Admitted, actor: User) -> Upload:
    kept = Upload.objects.filter(sha256=admitted.sha256, state=Upload.State.KEPT).first()
    return kept or Upload.objects.create(
        sha256=admitted.sha256, size=admitted.size, name=admitted.name, format=admitted.kind, created_by=actor
    )
