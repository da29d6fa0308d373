"""Organisations for programs: who exists on a day, and each through time."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.viewsets import GenericViewSet

from nhipcau.apps.orgs.models import Alias, Organisation, OrganisationVersion
from nhipcau.apps.orgs.models.organisation import OrganisationVersionQuerySet
from nhipcau.core.text import fold


class VersionSerializer(serializers.ModelSerializer[OrganisationVersion]):
    """`valid_until` is the last day on which it holds; empty: without limit."""

    valid_from = serializers.SerializerMethodField()
    valid_until = serializers.SerializerMethodField()

    class Meta:
        model = OrganisationVersion
        fields: ClassVar = ["name", "abbreviation", "kind", "code", "parent", "valid_from", "valid_until"]

    def get_valid_from(self, version: OrganisationVersion) -> date | None:
        return version.valid.lower if version.valid else None

    def get_valid_until(self, version: OrganisationVersion) -> date | None:
        upper = version.valid.upper if version.valid else None
        return date.fromordinal(upper.toordinal() - 1) if upper else None


class ListedSerializer(VersionSerializer):
    """An organisation by its name on the day that was asked for."""

    id = serializers.IntegerField(source="organisation_id")
    realm = serializers.CharField(source="organisation.realm")

    class Meta(VersionSerializer.Meta):
        fields: ClassVar = ["id", "realm", *VersionSerializer.Meta.fields]


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    versions = VersionSerializer(many=True)
    aliases = serializers.SerializerMethodField()

    class Meta:
        model = Organisation
        fields: ClassVar = ["id", "realm", "versions", "aliases"]

    def get_aliases(self, organisation: Organisation) -> list[str]:
        return [alias.text for alias in organisation.aliases.all()]


class Asked(serializers.Serializer[Any]):
    """Filters of the list."""

    q = serializers.CharField(required=False, max_length=100)
    kind = serializers.ChoiceField(choices=OrganisationVersion.Kind.choices, required=False)
    realm = serializers.ChoiceField(choices=Organisation.Realm.choices, required=False)
    on = serializers.DateField(required=False)


@extend_schema(tags=["organisations"])
class OrganisationViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Any]):
    """Agencies, places and partners, by their names of a day (today unless `on` says another)."""

    lookup_value_converter = "int"
    queryset = Organisation.objects.none()

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return ListedSerializer if self.action == "list" else OrganisationSerializer

    def get_queryset(self) -> Any:
        user = self.request.user
        if self.action != "list":
            known = OrganisationVersion.objects.visible_to(user).order_by("valid")
            rows = Organisation.objects.visible_to(user)
            return rows.prefetch_related(_sorted("versions", known), _sorted("aliases", Alias.objects.all()))
        asked = Asked(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return self._listed(OrganisationVersion.objects.visible_to(user), asked.validated_data)

    def _listed(
        self, rows: OrganisationVersionQuerySet, asked: dict[str, Any]
    ) -> OrganisationVersionQuerySet:
        rows = rows.filter(valid__contains=asked.get("on") or timezone.localdate())
        for word in fold(asked.get("q", "")).split()[:8]:
            rows = rows.filter(name_fold__contains=word)
        if "kind" in asked:
            rows = rows.filter(kind=asked["kind"])
        if "realm" in asked:
            rows = rows.filter(organisation__realm=asked["realm"])
        return rows.select_related("organisation").order_by("name_sort", "pk")

    @extend_schema(parameters=[Asked, OpenApiParameter("page", int), OpenApiParameter("size", int)])
    def list(self, *args: Any, **kwargs: Any) -> Any:
        return super().list(*args, **kwargs)


def _sorted(name: str, rows: QuerySet[Any]) -> Prefetch[Any, Any, Any]:
    return Prefetch(name, queryset=rows)
