from django.urls import path

from nhipcau.apps.desk.views import account, help, home, people, record, search

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("account/", account.account, name="account"),
    path("account/sign-out-elsewhere/", account.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("help/", help.help_page, name="help"),
    path("record/", record.audit, name="audit"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/invite/", people.person_invite, name="person_invite"),
    path("people/<int:pk>/appoint/", people.person_appoint, name="person_appoint"),
    path(
        "people/<int:pk>/appointments/<int:appointment_pk>/end/",
        people.appointment_end,
        name="appointment_end",
    ),
    path("people/<int:pk>/lock/", people.person_lock, name="person_lock"),
    path("people/<int:pk>/unlock/", people.person_unlock, name="person_unlock"),
    path("people/<int:pk>/sign-out/", people.person_sign_out, name="person_sign_out"),
]
