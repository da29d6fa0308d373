from django.urls import path

from nhipcau.apps.reference.views import laws

app_name = "reference"
urlpatterns = [
    path("laws/", laws.laws, name="laws"),
    path("laws/new/", laws.law_new, name="law_new"),
    path("laws/<int:pk>/", laws.law_edit, name="law_edit"),
    path("laws/<int:pk>/end/", laws.law_end, name="law_end"),
]
