"""A filled-in workbook arrives: through the gate, kept, waiting to be read."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files import store
from nhipcau.apps.files.gate import gate
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.files.removed import lock_hash
from nhipcau.apps.reporting.models import Obligation, Period, Workbook
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.stages import OWED
from nhipcau.apps.reporting.workbooks.queue import STEPS, begin_reading
from nhipcau.core.filegate import Admitted, Gate, Rejected, admit
from nhipcau.core.tablereader import Refusal

TABLES = Gate(allowed=("xlsx", "ods"), most=10 * 2**20)
ALLOWED = ".xlsx, .ods"


def upload_workbook(obligation: Obligation, file: store.Incoming, name: str, *, actor: User) -> Workbook:
    """Being read, or what the same bytes gave before and was not taken over yet.

    Raises Refusal for what the gate sends back; Refused("no-such-move"), Refused("period-not-open").
    """
    passed = Gate(allowed=TABLES.allowed, most=TABLES.most, scanner=gate().scanner)
    with act(actor, "reporting.upload_workbook", obligation, permission="write") as entry:
        row = Obligation.objects.select_related("period").get(pk=obligation.pk)
        if row.period.state != Period.State.OPEN:
            raise Refused("period-not-open")
        if row.state not in OWED:
            raise Refused("no-such-move")
        with store.received(file, passed.most) as path:
            try:
                admitted = admit(path, name, passed)
            except Rejected as rejected:
                more = {"allowed": ALLOWED} if rejected.code == "type" else {}
                raise Refusal(rejected.code, **{**rejected.values, **more}) from rejected
            lock_hash(admitted.sha256)
            upload = _upload(admitted, actor)
            store.keep(path, admitted.sha256)
        waiting = (Workbook.State.READING, Workbook.State.READ)
        found = Workbook.objects.filter(obligation=row, upload=upload, state__in=waiting).first()
        if found is None:
            work = LongWork.objects.create(kind="read-workbook", owner=actor, total=STEPS)
            found = Workbook.objects.create(
                obligation=row, upload=upload, name=admitted.name[:255], work=work, created_by=actor
            )
            begin_reading(found)
            found.refresh_from_db()
        note(entry, workbook=found.pk)
    return found


def _upload(admitted: Admitted, actor: User) -> Upload:
    kept = Upload.objects.filter(sha256=admitted.sha256, state=Upload.State.KEPT).first()
    return kept or Upload.objects.create(
        sha256=admitted.sha256, size=admitted.size, name=admitted.name, format=admitted.kind, created_by=actor
    )
