"""A report of another instance is taken in from its report/1 file."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.models import TakenReport
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.core.reportfile import read


def take_report(data: bytes, *, actor: User) -> TakenReport:
    """The report, checked first. Raises Refused: "bad-report" with what is wrong, "taken-already"."""
    content, problems = read(data)
    if content is None or problems:
        first = problems[0]
        raise Refused("bad-report", what=first.code, where=first.where or "-", found=first.found[:80])
    head, sender = content["report"], content["sender"]
    with act(actor, "reporting.take_report", TakenReport, permission="create") as entry:
        previous = TakenReport.objects.filter(digest=head["previous"] or "").first()
        try:
            with transaction.atomic():
                made = TakenReport.objects.create(
                    province=sender["province"],
                    agency=sender["agency"],
                    title=head["title"],
                    year=content["period"]["year"],
                    version=head["version"],
                    content=content,
                    digest=content["digest"],
                    previous=previous,
                    taken_by=actor,
                )
        except IntegrityError as error:
            raise Refused("taken-already") from error
        entry.subject = made
        note(entry, digest=made.digest, version=made.version)
    return made
