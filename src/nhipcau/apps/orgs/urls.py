from django.urls import path

from nhipcau.apps.orgs.views import organisations, sets

app_name = "orgs"
urlpatterns = [
    path("", organisations.organisation_list, name="list"),
    path("new/", organisations.organisation_new, name="new"),
    path("groups/", sets.set_list, name="sets"),
    path("groups/<int:pk>/", sets.set_detail, name="set"),
    path("<int:pk>/", organisations.organisation_detail, name="detail"),
    path("<int:pk>/alias/", organisations.alias_new, name="alias"),
    path("<int:pk>/rename/", organisations.rename, name="rename"),
]
