"""Reports owed for programs: what is asked, what was answered, and sending answers, as the pages do."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from nhipcau.apps.access.api.answers import Conflict
from nhipcau.apps.access.policies import require
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.reporting.actions import ChecksFailed, begin_draft, save_draft, send_submission
from nhipcau.apps.reporting.answering import Answers, Figure, Reason, Text, read_answers
from nhipcau.apps.reporting.asked import Asked, asked_of
from nhipcau.apps.reporting.holding import OPEN
from nhipcau.apps.reporting.models import Obligation, Section, SectionIndicator, Standing, Submission
from nhipcau.apps.reporting.refusals import Refused

KEY = "Idempotency-Key"
PAGING = [OpenApiParameter("page", int), OpenApiParameter("size", int)]
MOST_ROWS = 3000


class OwedSerializer(serializers.ModelSerializer[Obligation]):
    """A report that a unit owes or has sent. `due_at` is the moment that holds for the unit; `standing` how
    it stands now, also where another report of the unit holds for it; `unit` its name today.
    """

    unit = serializers.CharField(read_only=True, allow_null=True)
    standing = serializers.ChoiceField(choices=Standing.choices, read_only=True)
    form = serializers.CharField(source="period.form_version.form.title", read_only=True)
    title = serializers.CharField(source="period.title", read_only=True)
    window_first = serializers.DateField(source="period.window_first", read_only=True)
    window_last = serializers.DateField(source="period.window_last", read_only=True)
    due_at = serializers.DateTimeField(read_only=True)

    class Meta:
        model = Obligation
        fields: ClassVar = [
            "id",
            "period",
            "organisation",
            "unit",
            "form",
            "title",
            "state",
            "standing",
            "window_first",
            "window_last",
            "due_at",
            "received_at",
            "nothing",
        ]


class FigureAskedSerializer(serializers.ModelSerializer[SectionIndicator]):
    code = serializers.CharField(source="indicator.indicator.code", read_only=True)
    name = serializers.CharField(source="indicator.name", read_only=True)
    unit = serializers.CharField(source="indicator.unit", read_only=True)
    splits = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = SectionIndicator
        fields: ClassVar = ["code", "name", "unit", "required", "splits"]


class SectionSerializer(serializers.ModelSerializer[Section]):
    figures = FigureAskedSerializer(source="indicators", many=True, read_only=True)

    class Meta:
        model = Section
        fields: ClassVar = ["key", "kind", "level", "title", "guidance", "required", "most_chars", "figures"]


class TextSerializer(serializers.Serializer[Any]):
    """`section` is its key; `task` the id of a task of the unit; `addressee` of a difficulty."""

    section = serializers.SlugField(max_length=60)
    text = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    task = serializers.IntegerField(allow_null=True, min_value=1, max_value=2**53, default=None)
    addressee = serializers.CharField(max_length=300, allow_blank=True, default="")
    nothing = serializers.BooleanField(default=False)


class FigureSerializer(serializers.Serializer[Any]):
    """`indicator` is its code. Without split and category it is the total; null with `no_data`: no figure."""

    indicator = serializers.CharField(max_length=60)
    split = serializers.CharField(max_length=20, allow_blank=True, default="")
    category = serializers.CharField(max_length=40, allow_blank=True, default="")
    amount = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True, default=None)
    no_data = serializers.BooleanField(default=False)


class ReasonSerializer(serializers.Serializer[Any]):
    """Why a warning does not hold: `code` and `place` as the refusal named them."""

    code = serializers.CharField(max_length=40)
    place = serializers.CharField(max_length=120)
    reason = serializers.CharField(max_length=500)


class AnswersSerializer(serializers.Serializer[Any]):
    """All answers: what is left out is not answered. `revision` is the draft's that was read, 0 for none;
    with `send` they are sent, else kept as the unit's draft.
    """

    revision = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    nothing = serializers.BooleanField(default=False)
    texts = TextSerializer(many=True, default=list)
    figures = FigureSerializer(many=True, default=list)
    reasons = ReasonSerializer(many=True, default=list)
    send = serializers.BooleanField(default=False)


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """A version of the report. `received_number` acknowledges it: empty until it is sent."""

    class Meta:
        model = Submission
        fields: ClassVar = [
            "id",
            "number",
            "state",
            "via",
            "revision",
            "nothing",
            "received_number",
            "digest",
            "sent_at",
        ]


class OwedDetailSerializer(OwedSerializer):
    """With what is asked, the unit's tasks by id, and the last version in the caller's sight."""

    sections = SectionSerializer(source="asked.sections", many=True, read_only=True)
    tasks = serializers.ListField(child=serializers.IntegerField(), source="asked.tasks", read_only=True)
    submission = SubmissionSerializer(source="shown", read_only=True, allow_null=True)
    answers = AnswersSerializer(source="said", read_only=True, allow_null=True)

    class Meta(OwedSerializer.Meta):
        fields: ClassVar = [*OwedSerializer.Meta.fields, "sections", "tasks", "submission", "answers"]


class Filters(serializers.Serializer[Any]):
    """Filters of the list. Who is missing: a period with `standing` missing and not_due."""

    period = serializers.IntegerField(required=False, min_value=1, max_value=2**53)
    state = serializers.ChoiceField(choices=Obligation.State.choices, required=False)
    standing = serializers.MultipleChoiceField(choices=Standing.choices, required=False)


@extend_schema(tags=["reports"])
class ReportViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Obligation]):
    """Reports owed in the caller's sight; one with what it asks and what was answered."""

    lookup_value_converter = "int"
    queryset = Obligation.objects.none()

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return OwedSerializer if self.action == "list" else OwedDetailSerializer

    def get_queryset(self) -> Any:
        rows = Obligation.objects.visible_to(self.request.user).select_related("period__form_version__form")
        rows = rows.standing_at(timezone.now()).annotate(unit=_name_today())
        if self.action != "list":
            return rows
        asked = Filters(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = dict(asked.validated_data)
        if standings := wanted.pop("standing", None):
            wanted["standing__in"] = standings
        return rows.filter(**wanted).order_by("-period__due_at", "pk")

    @extend_schema(parameters=[Filters, *PAGING])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    def get_object(self) -> Any:
        found: Any = super().get_object()
        if self.action != "retrieve":
            return found
        found.asked = asked_of(found)
        rows = Submission.objects.visible_to(self.request.user).filter(obligation=found)
        found.shown = rows.order_by("-number").first()
        found.said = _plain(found.shown, found.asked) if found.shown else None
        return found

    @extend_schema(
        request=AnswersSerializer,
        responses={200: SubmissionSerializer, 201: SubmissionSerializer},
        parameters=[
            OpenApiParameter(KEY, uuid.UUID, OpenApiParameter.HEADER, description="Once for each version.")
        ],
    )
    @action(detail=True, methods=["post"], serializer_class=AnswersSerializer)
    def submissions(self, request: Request, pk: int) -> Response:  # noqa: ARG002  # `get_object` reads it
        """Keep the answers as a draft, or send them. The same key again gives what it sent before."""
        obligation = self.get_object()
        require(request.user, "write", obligation)  # type: ignore[arg-type]  # Working let users in alone
        sent = AnswersSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        key = _key(request)
        if key is not None and (known := _known(key, obligation)):
            return Response(SubmissionSerializer(known).data)
        try:
            made = _write(obligation, sent.validated_data, request.user, key)
        except ChecksFailed as failed:
            wrong = {each.place or "report": [f"{each.code}: {each.words}"] for each in failed.findings}
            raise ValidationError(wrong) from failed
        except Refused as refusal:
            raise Conflict(refusal.message(), refusal.code) from refusal
        return Response(SubmissionSerializer(made).data, status=201)


def _name_today() -> Subquery:
    named = OrganisationVersion.objects.filter(
        organisation=OuterRef("organisation"), valid__contains=timezone.localdate()
    )
    return Subquery(named.values("name")[:1])


def _known(key: uuid.UUID, obligation: Obligation) -> Submission | None:
    return Submission.objects.filter(key=key, obligation=obligation, sent_at__isnull=False).first()


def _write(obligation: Obligation, wanted: dict[str, Any], user: Any, key: uuid.UUID | None) -> Submission:
    """Kept and sent together, or not at all."""
    asked = asked_of(obligation)
    answers = _answers(wanted, asked)
    with transaction.atomic():
        draft = begin_draft(obligation, actor=user, via=Submission.Via.MACHINE, key=key)
        kept = read_answers(draft).files
        said = Answers(answers.texts, answers.figures, kept, answers.reasons, answers.nothing)
        draft = save_draft(draft, said, revision=wanted["revision"], actor=user, asked=asked)
        if wanted["send"]:
            draft = send_submission(draft, revision=draft.revision, actor=user)
    return draft


def _answers(wanted: dict[str, Any], asked: Asked) -> Answers:
    """Raises ValidationError for a section or an indicator that is not asked."""
    codes = {each.indicator.indicator.code: each.pk for each in asked.figures.values()}
    texts, figures = [], []
    for each in wanted["texts"][:MOST_ROWS]:
        section = asked.by_key.get(each["section"])
        if section is None:
            raise ValidationError({"texts": [_("There is no section “%(key)s”.") % {"key": each["section"]}]})
        texts.append(Text(section.pk, each["text"], each["task"], each["addressee"], each["nothing"]))
    for each in wanted["figures"][:MOST_ROWS]:
        if each["indicator"] not in codes:
            words = _("The indicator “%(code)s” is not asked.") % {"code": each["indicator"]}
            raise ValidationError({"figures": [words]})
        if (each["amount"] is None) != each["no_data"]:
            raise ValidationError({"figures": [_("Give an amount, or no_data.")]})
        figures.append(
            Figure(codes[each["indicator"]], each["split"], each["category"], each["amount"], each["no_data"])
        )
    reasons = tuple(Reason(**each) for each in wanted["reasons"][:MOST_ROWS])
    return Answers(tuple(texts), tuple(figures), (), reasons, wanted["nothing"])


def _plain(submission: Submission, asked: Asked) -> dict[str, Any]:
    """The answers as the interface takes them, so that what was read can be sent back."""
    said = read_answers(submission)
    keys = {pk: each.key for pk, each in asked.by_pk.items()}
    codes = {pk: each.indicator.indicator.code for pk, each in asked.figures.items()}
    return {
        "revision": submission.revision if submission.state in OPEN else 0,
        "nothing": said.nothing,
        "texts": [
            {
                "section": keys[each.section],
                "text": each.text,
                "task": each.task,
                "addressee": each.addressee,
                "nothing": each.nothing,
            }
            for each in said.texts
            if each.section in keys
        ],
        "figures": [
            {
                "indicator": codes[each.asked],
                "split": each.split,
                "category": each.category,
                "amount": each.amount,
                "no_data": each.no_data,
            }
            for each in said.figures
            if each.asked in codes and not each.drawn_from
        ],
        "reasons": [{"code": each.code, "place": each.place, "reason": each.reason} for each in said.reasons],
        "send": False,
    }


def _key(request: Request) -> uuid.UUID | None:
    words = request.headers.get(KEY, "")
    try:
        return uuid.UUID(words) if words else None
    except ValueError as error:
        raise ValidationError({KEY: [_("Write the key as a UUID.")]}) from error
