"""What people are told of consultations: that they are asked, what came in, that it closed, what became of
their remarks.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.holders import REPORTING, holders
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer, ConsultationDraft, Remark
from nhipcau.apps.plans.reminders import OVERSEEING

OPINIONS = _("Opinions on drafts")
LONGEST = 160
KINDS = {
    "plans.opinion_asked": (
        OPINIONS,
        _("Your agency is asked for its opinion on “%(title)s”, by %(until)s."),
    ),
    "plans.draft_added": (
        OPINIONS,
        _("There is a new version of the draft “%(title)s”: version %(number)s."),
    ),
    "plans.opinion_given": (OPINIONS, _("%(agency)s gave its opinion on “%(title)s”.")),
    "plans.consultation_closed": (OPINIONS, _("The consultation on “%(title)s” is closed: %(reason)s")),
    "plans.remarks_settled": (
        OPINIONS,
        _(
            "Your agency's remarks on “%(title)s” are settled. Taken up: %(taken)s, in part: %(partly)s, "
            "explained: %(explained)s."
        ),
    ),
}


def register() -> None:
    """Called once at start."""
    registers.kinds(KINDS)
    registers.pages(
        {"plans.consultation": "plans:consultation", "plans.consultationanswer": "plans:consultation_answer"}
    )


def title_of(consultation: Consultation) -> str:
    return Truncator(consultation.title).chars(LONGEST)


def tell_asked(consultation: Consultation, organisations: Collection[int], *, actor: Actor) -> None:
    """Everybody who answers for one of the organisations; once for each consultation."""
    people = holders(REPORTING, timezone.localdate(), organisations)
    tell(
        people,
        "plans.opinion_asked",
        key=f"opinion-asked:{consultation.pk}",
        actor=actor,
        about=consultation,
        title=title_of(consultation),
        until=consultation.due_on,
    )


def tell_draft(draft: ConsultationDraft, *, actor: Actor) -> None:
    """Of a later version: those who are asked. The first comes with the question."""
    if draft.number == 1:
        return
    consultation = draft.consultation
    tell(
        _asked(consultation),
        "plans.draft_added",
        key=f"draft-added:{draft.pk}",
        actor=actor,
        about=consultation,
        title=title_of(consultation),
        number=draft.number,
    )


def tell_given(answer: ConsultationAnswer, *, actor: Actor) -> None:
    """The coordinators, of each agency's first opinion and of every change of it."""
    today = timezone.localdate()
    known = names([answer.organisation_id], today)
    tell(
        holders(OVERSEEING, today),
        "plans.opinion_given",
        key=f"opinion-given:{answer.pk}:{answer.version}",
        actor=actor,
        about=answer.consultation,
        title=title_of(answer.consultation),
        agency=known.get(answer.organisation_id, ""),
    )


def tell_closed(consultation: Consultation, *, actor: Actor) -> None:
    """All who were asked, whether they answered or not."""
    tell(
        _asked(consultation),
        "plans.consultation_closed",
        key=f"consultation-closed:{consultation.pk}",
        actor=actor,
        about=consultation,
        title=title_of(consultation),
        reason=consultation.closed_reason,
    )


def tell_settled(answer: ConsultationAnswer, *, actor: Actor) -> None:
    """The agency, when the last of its remarks is settled: one message, not one a remark."""
    rows = answer.remarks.order_by().values_list("outcome").annotate(n=Count("pk"))
    counts: dict[str, int] = dict(rows)
    if counts.get(""):
        return
    outcome = Remark.Outcome
    tell(
        holders(REPORTING, timezone.localdate(), [answer.organisation_id]),
        "plans.remarks_settled",
        key=f"remarks-settled:{answer.pk}:{answer.version}",
        actor=actor,
        about=answer,
        title=title_of(answer.consultation),
        taken=counts.get(outcome.TAKEN, 0),
        partly=counts.get(outcome.PARTLY, 0),
        explained=counts.get(outcome.EXPLAINED, 0),
    )


def _asked(consultation: Consultation) -> list[User]:
    asked = list(consultation.answers.values_list("organisation_id", flat=True))
    return holders(REPORTING, timezone.localdate(), asked)
