from django.urls import path

from nhipcau.apps.desk.views import home, pages

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", pages.search, name="search"),
    path("account/", pages.account, name="account"),
    path("help/", pages.help_page, name="help"),
    path("record/", pages.audit, name="audit"),
]
