"""The programming interface: what each app offers to programs, and the description of it all."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from nhipcau.apps.indicators.api import IndicatorViewSet
from nhipcau.apps.orgs.api import OrganisationViewSet
from nhipcau.apps.plans.api import AssignmentViewSet, PlanViewSet, TaskViewSet
from nhipcau.apps.reporting.api import ReportViewSet

app_name = "api"
router = SimpleRouter(use_regex_path=False)
router.register("organisations", OrganisationViewSet, basename="organisation")
router.register("indicators", IndicatorViewSet, basename="indicator")
router.register("plans", PlanViewSet, basename="plan")
router.register("tasks", TaskViewSet, basename="task")
router.register("assignments", AssignmentViewSet, basename="assignment")
router.register("reports", ReportViewSet, basename="report")
urlpatterns = [path("schema/", SpectacularAPIView.as_view(), name="schema"), *router.urls]
