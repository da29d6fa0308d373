"""Plans, tasks and updates for programs: the scope, the filters and the actions of the pages."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from nhipcau.apps.access.api.answers import Conflict
from nhipcau.apps.access.policies import require
from nhipcau.apps.plans.actions import Said, send_update
from nhipcau.apps.plans.models import (
    Assignment,
    Document,
    DueDate,
    Outcome,
    Role,
    Status,
    Task,
    Update,
    outcome_of,
)
from nhipcau.apps.plans.refusals import Refused

KEY = "Idempotency-Key"
OUTCOMES = serializers.ChoiceField(choices=Outcome.choices)
PAGING = [OpenApiParameter("page", int), OpenApiParameter("size", int)]


class PlanSerializer(serializers.ModelSerializer[Document]):
    """An approved document; `tasks` counts those in force in the caller's sight."""

    tasks = serializers.IntegerField(source="tasks_in_force", read_only=True)

    class Meta:
        model = Document
        fields: ClassVar = [
            "id",
            "kind",
            "number",
            "issued_on",
            "type_name",
            "title",
            "issuer_name",
            "amends",
            "approved_at",
            "tasks",
        ]


class DueSerializer(serializers.ModelSerializer[DueDate]):
    class Meta:
        model = DueDate
        fields: ClassVar = ["kind", "value", "of", "bound", "phrase", "rule", "due_on"]


class AssignmentSerializer(serializers.ModelSerializer[Assignment]):
    """What one organisation has to do in a task, and how far it is."""

    outcome = serializers.SerializerMethodField()

    class Meta:
        model = Assignment
        fields: ClassVar = [
            "id",
            "task",
            "organisation",
            "phrase",
            "role",
            "partner",
            "status",
            "percent",
            "count",
            "due_on",
            "done_on",
            "outcome",
        ]

    @extend_schema_field(OUTCOMES)
    def get_outcome(self, row: Assignment) -> str:
        return outcome_of(row.status, row.due_on, row.done_on, timezone.localdate()).value


class TaskSerializer(serializers.ModelSerializer[Task]):
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = Task
        fields: ClassVar = [
            "id",
            "document",
            "path",
            "text",
            "scope",
            "role",
            "due_on",
            "status",
            "done_on",
            "outcome",
        ]

    @extend_schema_field(OUTCOMES)
    def get_outcome(self, task: Task) -> str:
        return outcome_of(task.status, task.due_on, task.done_on, timezone.localdate()).value


class TaskDetailSerializer(TaskSerializer):
    """With its sentence, due rules and who does what."""

    due_dates = DueSerializer(many=True)
    assignments = AssignmentSerializer(many=True)

    class Meta(TaskSerializer.Meta):
        fields: ClassVar = [
            *TaskSerializer.Meta.fields,
            "quote",
            "span_start",
            "span_end",
            "ended_at",
            "ended_reason",
            "due_dates",
            "assignments",
        ]


@extend_schema_field({"type": "string", "format": "decimal", "pattern": r"^\d{0,12}(?:\.\d{0,2})?$"})
class CountField(serializers.DecimalField):
    """A number that is not negative, which its description says."""


class UpdateSerializer(serializers.ModelSerializer[Update]):
    """What an agency says of its part. `done` reports it as done, for the lead agency to accept."""

    links = serializers.ListField(child=serializers.URLField(max_length=500), max_length=10, required=False)
    text = serializers.CharField(max_length=10_000)
    count = CountField(max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True)

    class Meta:
        model = Update
        fields: ClassVar = [
            "id",
            "assignment",
            "text",
            "percent",
            "count",
            "done",
            "done_on",
            "links",
            "state",
            "sent_at",
        ]
        read_only_fields: ClassVar = ["id", "assignment", "done_on", "state", "sent_at"]


class Asked(serializers.Serializer[Any]):
    """Filters of the list of tasks; `agency` is an organisation's id."""

    q = serializers.CharField(required=False, max_length=200)
    plan = serializers.IntegerField(required=False, min_value=1, max_value=2**53)
    agency = serializers.IntegerField(required=False, min_value=1, max_value=2**53)
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False)
    due_from = serializers.DateField(required=False)
    due_to = serializers.DateField(required=False)


@extend_schema(tags=["plans"])
class PlanViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Document]):
    """Documents that were approved: plans, conclusions, letters, the newest first."""

    lookup_value_converter = "int"
    queryset = Document.objects.none()
    serializer_class = PlanSerializer

    def get_queryset(self) -> Any:
        user = self.request.user
        rows = Document.objects.visible_to(user).filter(state=Document.State.APPROVED)
        seen = Task.objects.visible_to(user).order_by().values("pk")
        inside = Q(tasks__ended_at=None, tasks__in=seen)
        counted = rows.defer("reading").annotate(tasks_in_force=Count("tasks", filter=inside))
        return counted.order_by("-approved_at", "-pk")


@extend_schema(tags=["tasks"])
class TaskViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Task]):
    """Tasks in force in the caller's sight, the most urgent first; one by its id even when it has ended."""

    lookup_value_converter = "int"
    queryset = Task.objects.none()

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return TaskSerializer if self.action == "list" else TaskDetailSerializer

    def get_queryset(self) -> Any:
        user = self.request.user
        rows = Task.objects.visible_to(user)
        if self.action != "list":
            who = Assignment.objects.visible_to(user).filter(ended_at=None)
            dues = DueDate.objects.filter(ended_at=None)
            return rows.prefetch_related(Prefetch("assignments", who), Prefetch("due_dates", dues))
        asked = Asked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return _narrowed(rows.current(), asked.validated_data).urgent_first()

    @extend_schema(parameters=[Asked, *PAGING])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)


def _narrowed(rows: Any, asked: dict[str, Any]) -> Any:
    today = timezone.localdate()
    if "q" in asked:
        rows = rows.matching(asked["q"])
    if "plan" in asked:
        rows = rows.filter(document=asked["plan"])
    if "agency" in asked:
        rows = rows.of([asked["agency"]], asked.get("role", ""))
    elif "role" in asked:
        rows = rows.with_role(asked["role"])
    if "status" in asked:
        rows = rows.filter(status=asked["status"])
    if "outcome" in asked:
        rows = rows.with_outcome(asked["outcome"], today)
    return rows.due_between(asked.get("due_from"), asked.get("due_to"))


@extend_schema(tags=["tasks"])
class AssignmentViewSet(RetrieveModelMixin, GenericViewSet[Assignment]):
    """One organisation's part of a task, with its updates."""

    lookup_value_converter = "int"
    queryset = Assignment.objects.none()
    serializer_class = AssignmentSerializer

    def get_queryset(self) -> Any:
        return Assignment.objects.visible_to(self.request.user)

    @extend_schema(methods=["GET"], parameters=PAGING, responses=UpdateSerializer(many=True))
    @extend_schema(
        methods=["POST"],
        request=UpdateSerializer,
        responses={201: UpdateSerializer},
        parameters=[
            OpenApiParameter(KEY, uuid.UUID, OpenApiParameter.HEADER, description="Once for each update.")
        ],
    )
    @action(detail=True, methods=["get", "post"], serializer_class=UpdateSerializer)
    def updates(self, request: Request, pk: int) -> Response:  # noqa: ARG002  # `get_object` reads it
        """The updates, the first one first; or send one. The same key again gives what it made before."""
        assignment = self.get_object()
        if request.method == "POST":
            return self._send(request, assignment)
        rows = Update.objects.visible_to(request.user).filter(assignment=assignment)
        page: Any = self.paginate_queryset(rows)  # type: ignore[arg-type]  # of updates, not of parts
        return self.get_paginated_response(UpdateSerializer(page, many=True).data)

    def _send(self, request: Request, assignment: Assignment) -> Response:
        require(request.user, "update", assignment)  # type: ignore[arg-type]  # Working let users in alone
        sent = UpdateSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        wanted = sent.validated_data
        said = Said(
            wanted["text"],
            percent=wanted.get("percent"),
            count=wanted.get("count"),
            done=wanted.get("done", False),
            links=wanted.get("links", ()),
        )
        try:
            update = send_update(assignment, said, actor=request.user, key=_key(request))  # type: ignore[arg-type]
        except Refused as refusal:
            raise Conflict(refusal.message(), refusal.code) from refusal
        return Response(UpdateSerializer(update).data, status=201)


def _key(request: Request) -> uuid.UUID | None:
    words = request.headers.get(KEY, "")
    try:
        return uuid.UUID(words) if words else None
    except ValueError as error:
        raise ValidationError({KEY: [_("Write the key as a UUID.")]}) from error
