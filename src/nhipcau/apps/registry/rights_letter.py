"""The answer to a person's request as an official letter (công văn), in Vietnamese.

Number and day stay blank: they come from the province's document-management system.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhipcau.apps.access.scope import Role, scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.holders import holders
from nhipcau.apps.registry.models import RightsRequest
from nhipcau.apps.webkit.formats import format_date
from nhipcau.core.officialdoc import OfficialDocument, Paragraph, Signature, write_docx

LEADING: tuple[Role, ...] = ("leader",)


def answer_letter(request: RightsRequest, user: User) -> bytes:
    """The DOCX: that it came, or how it was decided and why."""
    today = timezone.localdate()
    bodies = scope_of(user).organisations("coordinator", "officer")
    known = versions(bodies, today)
    own = known[min(known)] if known else None
    heads = holders(LEADING, today, [own.organisation_id]) if own is not None else []
    province = settings.PROVINCE_NAME
    with translation.override("vi"):
        sender = own.name if own is not None else user.full_name
        document = OfficialDocument(
            kind="CV",
            issuer=sender,
            parent_body=_("People's Committee of %(province)s") % {"province": province} if province else "",
            symbol=(own.abbreviation if own is not None else "") or "…",
            place=province.removeprefix("tỉnh ").removeprefix("thành phố ") or "…",
            subject=_("answer to a request to %(right)s") % {"right": request.get_right_display()},
            year=today.year,
            addressed_to=[request.asker or "…"],
            body=[Paragraph(words) for words in _paragraphs(request, sender)],
            signature=Signature([], pgettext("signature", "Director"), heads[0].full_name if heads else ""),
            recipients=[],
        )
        return write_docx(document)


def _paragraphs(request: RightsRequest, sender: str) -> list[str]:
    values = {
        "sender": sender,
        "right": request.get_right_display(),
        "received": format_date(request.received_on),
        "number": request.number,
        "due": format_date(request.due_on),
        "law": str(request.terms.get("law", "")),
        "reason": request.decision_reason or request.extension_reason,
    }
    came = _("%(sender)s received on %(received)s your request (No. %(number)s) to %(right)s under %(law)s.")
    return [words % values for words in (came, *_answer(request), _("%(sender)s informs you of this./."))]


def _answer(request: RightsRequest) -> list[str]:
    state = request.state
    if state == RightsRequest.State.REFUSED:
        return [
            _("After considering it, %(sender)s cannot carry out the request, for this reason: %(reason)s"),
            _("If you do not agree you may complain, or turn to the authority for personal data protection."),
        ]
    if state in (RightsRequest.State.GRANTED, RightsRequest.State.DONE):
        return [_("The request was granted and is carried out by %(due)s at the latest.")]
    if request.extended_on is not None:
        return [_("More time is needed, for this reason: %(reason)s. You will be answered by %(due)s.")]
    return [_("The request is being considered. You will be answered by %(due)s at the latest.")]
