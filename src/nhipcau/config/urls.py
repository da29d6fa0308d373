"""All addresses of the product."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("nhipcau.apps.desk.urls")),
    path("", include("nhipcau.apps.plans.urls")),
    path("people-abroad/", include("nhipcau.apps.registry.urls")),
    path("reports/", include("nhipcau.apps.reporting.urls")),
    path("indicators/", include("nhipcau.apps.indicators.urls")),
    path("organisations/", include("nhipcau.apps.orgs.urls")),
    path("reference/", include("nhipcau.apps.reference.urls")),
    path("", include("nhipcau.apps.notices.urls")),
    path("language/", set_language, name="set_language"),
    path("api/v1/", include("nhipcau.config.api")),
    path("accounts/", include("nhipcau.apps.accounts.urls")),
]

handler400 = "nhipcau.config.errors.bad_request"
handler403 = "nhipcau.config.errors.permission_denied"
handler404 = "nhipcau.config.errors.not_found"
handler500 = "nhipcau.config.errors.server_error"
