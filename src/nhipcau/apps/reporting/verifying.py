"""Every frozen report against its digest, and against the record of the action that froze it."""

from __future__ import annotations

from collections.abc import Iterator

from nhipcau.apps.audit.models import Event
from nhipcau.apps.reporting.models import SignedReport
from nhipcau.core.reportfile import Problem, check

FROZEN = "reporting.freeze_report"


def verify_all() -> Iterator[tuple[str, str, list[Problem]]]:
    """Name, digest and problems of each, oldest first.

    Content and digest could be changed together by who owns the database; the sealed record of actions keeps
    the digest as it was frozen.
    """
    recorded = _recorded()
    for found in SignedReport.objects.order_by("pk").iterator(chunk_size=20):
        problems = check(found.content)
        stated = str(found.content.get("digest", "")) if isinstance(found.content, dict) else ""
        for other in (found.digest, recorded.get(str(found.pk), found.digest)):
            if stated != other:
                problems.append(Problem("digest", "digest", other, stated))
        yield str(found), found.digest, problems


def _recorded() -> dict[str, str]:
    events = Event.objects.filter(verb=FROZEN).values_list("subject_id", "data")
    return {str(pk): str((data or {}).get("digest", "")) for pk, data in events}
