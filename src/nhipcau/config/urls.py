"""All addresses of the product."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("nhipcau.apps.desk.urls")),
    path("", include("nhipcau.apps.plans.urls")),
    path("organisations/", include("nhipcau.apps.orgs.urls")),
    path("reference/", include("nhipcau.apps.reference.urls")),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("nhipcau.apps.accounts.urls")),
]
