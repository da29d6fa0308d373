from django.urls import path

from nhipcau.apps.desk.views import (
    account,
    help,
    home,
    keys,
    overview,
    people,
    record,
    search,
    timeline,
    timeline_tasks,
)

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("account/", account.account, name="account"),
    path("account/sign-out-elsewhere/", account.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("account/keys/", keys.keys, name="keys"),
    path("account/keys/<int:pk>/end/", keys.key_end, name="key_end"),
    path("overview/", overview.overview, name="overview"),
    path("overview/agencies/", overview.agencies, name="overview_agencies"),
    path("overview/agencies/export/", overview.agencies_export, name="overview_agencies_export"),
    path("overview/months/", overview.months, name="overview_months"),
    path("overview/months/export/", overview.months_export, name="overview_months_export"),
    path("overview/plans/<int:pk>/", timeline.timeline, name="timeline"),
    path("overview/plans/<int:pk>/export/", timeline.timeline_export, name="timeline_export"),
    path("overview/plans/<int:pk>/tasks/", timeline_tasks.timeline_tasks, name="timeline_tasks"),
    path(
        "overview/plans/<int:pk>/tasks/export/",
        timeline_tasks.timeline_tasks_export,
        name="timeline_tasks_export",
    ),
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
    path(
        "people/<int:pk>/appointments/<int:appointment_pk>/post/",
        people.appointment_post,
        name="appointment_post",
    ),
    path("people/<int:pk>/lock/", people.person_lock, name="person_lock"),
    path("people/<int:pk>/unlock/", people.person_unlock, name="person_unlock"),
    path("people/<int:pk>/second-step/", people.person_factor, name="person_factor"),
    path("people/<int:pk>/sign-out/", people.person_sign_out, name="person_sign_out"),
]
