"""What people are asked, version by version; that one agreed; that she does no more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.models import Consent, ConsentText, Person, Purpose, Recall
from nhipcau.apps.registry.recalling import recall


def write_consent_text(
    *, purpose: str, text_vi: str, text_en: str, in_use_from: date, actor: User
) -> ConsentText:
    """The next version of the purpose's words; earlier ones stay as they were.

    Raises Refused for a day before that of the version that stands, and when a language lacks its words.
    """
    with act(actor, "registry.write_consent_text", ConsentText, permission="create") as entry:
        earlier = ConsentText.objects.select_for_update().filter(purpose=purpose).order_by("-version").first()
        if earlier is not None and in_use_from < earlier.in_use_from:
            raise Refused(_("The version before is in use from a later day. Choose that day or a later one."))
        if not text_vi.strip() or not text_en.strip():
            raise Refused(_("Write the words in Vietnamese and in English."))
        made = ConsentText.objects.create(
            purpose=Purpose(purpose),
            version=earlier.version + 1 if earlier is not None else 1,
            text_vi=text_vi.strip(),
            text_en=text_en.strip(),
            in_use_from=in_use_from,
            made_by=actor,
        )
        entry.subject = made
        note(entry, purpose=purpose, version=made.version)
    return made


def record_consent(person: Person, text: ConsentText, values: dict[str, Any], *, actor: User) -> Consent:
    """`values`: given_on, by, representative, child_agreed, how, proof.

    Raises Refused for a day to come or before the words were in use, without the proof, without who
    represents a child, and where the purpose was agreed to already.
    """
    given_on: date = values["given_on"]
    with act(actor, "registry.record_consent", person, permission="consent") as entry:
        found = Person.objects.select_for_update().get(pk=person.pk)
        if found.merged_into_id is not None or not found.records:
            raise Refused(_("This person was joined to another one or erased."))
        if not text.in_use_from <= given_on <= timezone.localdate():
            raise Refused(_("Give a day from which these words were in use, up to today."))
        if not str(values["proof"]).strip():
            raise Refused(_("Say where the proof lies: a consent that cannot be proven is none."))
        child = values["by"] == Consent.By.REPRESENTATIVE
        if child and not str(values.get("representative", "")).strip():
            raise Refused(_("Say who represents the child."))
        if Consent.objects.standing().filter(person__in=family_of(found), purpose=text.purpose).exists():
            raise Refused(_("The person agreed to this purpose already. End that consent first."))
        made = Consent.objects.create(
            person=found,
            text=text,
            purpose=text.purpose,
            given_on=given_on,
            by=values["by"],
            representative=" ".join(str(values.get("representative", "")).split()) if child else "",
            child_agreed=values.get("child_agreed") if child else None,
            how=values["how"],
            proof=" ".join(str(values["proof"]).split()),
            recorded_by=actor,
        )
        note(entry, consent=made.pk, purpose=text.purpose, version=text.version)
    return made


def withdraw_consent(consent: Consent, *, on: date, how: str, actor: User) -> None:
    """From that day on the purpose holds no more for her. Raises Refused for one that ended already, and for
    a day before it was given or to come.
    """
    with act(actor, "registry.withdraw_consent", consent, permission="withdraw") as entry:
        found = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
        if found.withdrawn_on is not None:
            raise Refused(_("This consent was ended already."))
        if not found.given_on <= on <= timezone.localdate():
            raise Refused(_("Give a day from the consent up to today."))
        found.withdrawn_on, found.withdrawn_by = on, actor
        found.withdrawn_how = " ".join(how.split())[:300]
        found.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_how"])
        recall(family_of(found.person), Recall.Why.WITHDRAWN, consent=found.purpose)
        note(entry, person=found.person_id, purpose=found.purpose)
