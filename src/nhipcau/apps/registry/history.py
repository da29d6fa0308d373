"""What is recorded of the register. People's values never are: the record says that something changed.

Records and memberships are not recorded row by row: a record is never changed and says where it came from,
a membership is ended and says by whom.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences
from nhipcau.apps.registry.models import (
    Consent,
    ConsentText,
    DataOfficer,
    Export,
    Intake,
    Layout,
    LookUp,
    Merge,
    Recall,
    Remit,
    Restriction,
    RetentionRule,
    RightsRequest,
    Round,
    RoundUnit,
    RunningSource,
    Sharing,
    SubjectCopy,
    TakingOut,
    Verification,
)

track(Round, RoundUnit, RunningSource, Remit, Intake, Layout, Merge, hide_words=True, quiet=("revision",))
track(TakingOut, hide_words=True, quiet=("before",))
track(DataOfficer, LookUp, Recall, Sharing, hide_words=True)
track(Export, hide_words=True, quiet=("holds", "file"))
track(Consent, Verification, Restriction, RightsRequest, SubjectCopy, hide_words=True, quiet=("revision",))
# Words of ours, about nobody.
track(ConsentText, RetentionRule)

sentences(
    {
        "registry.create_round": _("began a round of the register"),
        "registry.open_round": _("opened the round for records"),
        "registry.approve_round": _("approved the round with %(records)s records"),
        "registry.create_source": _("named a running source of records"),
        "registry.end_source": _("ended a running source of records"),
        "registry.give_remit": _("gave a body the right to read the register"),
        "registry.end_remit": _("ended a body's right to read the register"),
        "registry.change_keeper": _("named who keeps the register"),
        "registry.name_data_officer": _("named who looks after personal data"),
        "registry.end_data_officer": _("ended somebody's looking after personal data"),
        "registry.look_up": _("looked for a person out of her scope"),
        "registry.review_look_up": _("reviewed a look out of scope"),
        "registry.ask_export": _("asked for an export of %(people)s people"),
        "registry.decide_export": _("decided on an export of people"),
        "registry.write_export": _("wrote an export of %(count)s people"),
        "registry.fail_export": _("could not write an export of people"),
        "registry.download_export": _("downloaded an export of %(count)s people"),
        "registry.end_export": _("deleted the file of an export"),
        "registry.tell_recipients": _("noted that whoever has the file was told of %(rows)s rows"),
        "registry.ask_sharing": _("noted a request to hand over people's data"),
        "registry.decide_sharing": _("decided on a request to hand over people's data"),
        "registry.write_sharing": _("had the file written for a request to hand over people's data"),
        "registry.hand_over": _("handed over the data of %(count)s people"),
        "registry.end_sharing": _("ended a request to hand over people's data"),
        "registry.enter_person": _("entered a person by hand"),
        "registry.erase_person": _("erased the person under request %(request)s"),
        "registry.merge_persons": _("said that two persons are one"),
        "registry.decide_merge": _("decided whether two persons are one"),
        "registry.decide_pair": _("said whether two records are of one person"),
        "registry.undo_pair": _("took back what was said of two records"),
        "registry.read_pair": _("compared two people's records"),
        "registry.take_apart": _("took two persons apart again"),
        "registry.take_out": _("took records out of a person"),
        "registry.come_out": _("made a person of records that were taken out of another"),
        "registry.decide_taking_out": _("decided whether records are taken out of a person"),
        "registry.put_back": _("put records back that had been taken out of a person"),
        "registry.reveal_numbers": _("read a person's identity numbers"),
        "registry.read_person": _("read a person's page"),
        "registry.correct_person": _("corrected what the register says of a person"),
        "registry.upload_intake": _("sent a list of people"),
        "registry.map_intake": _("told the columns of a list of people"),
        "registry.check_intake": _("checked a list of people"),
        "registry.refuse_intake": _("could not read a list of people"),
        "registry.take_wrong_rows": _("downloaded the wrong rows of a list of people"),
        "registry.confirm_intake": _("confirmed a list of people"),
        "registry.bring_in": _("brought a list of people into the register"),
        "registry.put_back_intake": _("put a list of people back where it stood: the work on it failed"),
        "registry.undo_intake": _("asked for a list of people to be taken back"),
        "registry.take_back": _("took a list of people back out of the register"),
        "registry.drop_intake": _("dropped a list of people"),
        "registry.link_again": _(
            "linked %(records)s records again: %(joined)s joined, %(asked)s to be asked"
        ),
        "registry.link_records": _(
            "compared %(records)s new records: %(joined)s joined, %(asked)s to be asked"
        ),
        "registry.receive_request": _("received a person's request"),
        "registry.acknowledge_request": _("acknowledged a person's request"),
        "registry.extend_request": _("extended the time of a person's request"),
        "registry.grant_request": _("granted a person's request"),
        "registry.refuse_request": _("refused a person's request"),
        "registry.finish_request": _("carried out a person's request"),
        "registry.take_back_request": _("noted that a request was taken back"),
        "registry.find_requester": _("said whom a person's request is about"),
        "registry.check_requester": _("noted how the identity of who asks was checked"),
        "registry.make_copy": _("made a copy of a person's own data"),
        "registry.fetch_copy": _("fetched a copy of a person's own data"),
        "registry.write_consent_text": _("wrote the words of a consent"),
        "registry.record_consent": _("recorded a person's consent"),
        "registry.withdraw_consent": _("ended a person's consent"),
        "registry.verify_person": _("recorded who confirmed what is known of a person"),
        "registry.end_verification": _("took back a verification"),
        "registry.expire_verifications": _("let verifications by relatives expire"),
        "registry.restrict_person": _("restricted the use of a person's data"),
        "registry.lift_restriction": _("lifted the restriction of a person's data"),
        "registry.set_retention": _("said how long something is kept"),
        "registry.retain": _("removed what had been kept its time"),
    }
)
