"""Indicators for programs: definitions in use, and one through its versions with its goals."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Prefetch
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.viewsets import GenericViewSet

from nhipcau.apps.indicators.models import CutOver, Goal, Indicator, IndicatorVersion, Topic


class DefinitionSerializer(serializers.ModelSerializer[IndicatorVersion]):
    """`numerator` and `denominator` are codes; `splits` codes of dimensions."""

    numerator = serializers.SlugRelatedField[Indicator](slug_field="code", read_only=True, allow_null=True)
    denominator = serializers.SlugRelatedField[Indicator](slug_field="code", read_only=True, allow_null=True)
    splits = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = IndicatorVersion
        fields: ClassVar = [
            "number",
            "state",
            "name",
            "name_en",
            "definition",
            "definition_en",
            "unit",
            "kind",
            "decimals",
            "over_units",
            "over_time",
            "splits",
            "numerator",
            "denominator",
            "source",
            "change_note",
            "comparable",
            "in_use_at",
            "ended_at",
        ]


class DefinitionInUseSerializer(DefinitionSerializer):
    """A definition in use, with its indicator."""

    code = serializers.CharField(source="indicator.code")
    topic = serializers.ChoiceField(source="indicator.topic", choices=Topic.choices)

    class Meta(DefinitionSerializer.Meta):
        fields: ClassVar = ["code", "topic", *DefinitionSerializer.Meta.fields]


class GoalSerializer(serializers.ModelSerializer[Goal]):
    """`organisation` null: the whole province."""

    class Meta:
        model = Goal
        fields: ClassVar = ["kind", "organisation", "year", "period_end", "value", "source"]


class CutOverSerializer(serializers.ModelSerializer[CutOver]):
    """`named_count` empty: typed by hand from that day on."""

    class Meta:
        model = CutOver
        fields: ClassVar = ["named_count", "from_day"]


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    versions = DefinitionSerializer(many=True)
    goals = GoalSerializer(many=True)
    cut_overs = CutOverSerializer(many=True)

    class Meta:
        model = Indicator
        fields: ClassVar = ["code", "topic", "ended_at", "versions", "goals", "cut_overs"]


class Asked(serializers.Serializer[Any]):
    """Filters of the list."""

    q = serializers.CharField(required=False, max_length=100)
    topic = serializers.ChoiceField(choices=Topic.choices, required=False)


@extend_schema(tags=["indicators"])
class IndicatorViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Any]):
    """What is counted: the definitions in use, and one indicator with all that is known of it."""

    lookup_field = "code"
    lookup_value_converter = "slug"
    queryset = Indicator.objects.none()

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return DefinitionInUseSerializer if self.action == "list" else IndicatorSerializer

    def get_queryset(self) -> Any:
        user = self.request.user
        versions = IndicatorVersion.objects.visible_to(user).select_related("numerator", "denominator")
        if self.action != "list":
            return Indicator.objects.visible_to(user).prefetch_related(
                Prefetch("versions", queryset=versions.order_by("number")),
                Prefetch("goals", queryset=Goal.objects.visible_to(user).current()),
                Prefetch("cut_overs", queryset=CutOver.objects.visible_to(user).current()),
            )
        asked = Asked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        rows = versions.in_use().matching(asked.validated_data.get("q", ""))
        if "topic" in asked.validated_data:
            rows = rows.filter(indicator__topic=asked.validated_data["topic"])
        return rows.select_related("indicator").order_by("indicator__position", "indicator__code")

    @extend_schema(parameters=[Asked, OpenApiParameter("page", int), OpenApiParameter("size", int)])
    def list(self, *args: Any, **kwargs: Any) -> Any:
        return super().list(*args, **kwargs)
