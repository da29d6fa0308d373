from django.urls import path

from nhipcau.apps.reference.views import calendar, countries, laws

app_name = "reference"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<int:year>/", calendar.calendar_year, name="calendar_year"),
    path("calendar/versions/", calendar.calendar_versions, name="calendar_versions"),
    path("calendar/new/", calendar.calendar_new, name="calendar_new"),
    path("countries/", countries.countries, name="countries"),
    path("laws/", laws.laws, name="laws"),
    path("laws/new/", laws.law_new, name="law_new"),
    path("laws/<int:pk>/", laws.law_edit, name="law_edit"),
    path("laws/<int:pk>/end/", laws.law_end, name="law_end"),
]
