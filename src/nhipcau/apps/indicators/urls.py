from django.urls import path

from nhipcau.apps.indicators.views import decisions, definitions, detail, lists

app_name = "indicators"
# First words here are no codes: actions.create_indicator.RESERVED.
urlpatterns = [
    path("", lists.indicators, name="list"),
    path("export/", lists.export, name="export"),
    path("library/", lists.library, name="library"),
    path("new/", definitions.new, name="new"),
    path("goals/<int:pk>/end/", decisions.goal_end, name="goal_end"),
    path("cut-overs/<int:pk>/end/", decisions.cut_over_end, name="cut_over_end"),
    path("<slug:code>/", detail.indicator, name="indicator"),
    path("<slug:code>/end/", definitions.end, name="end"),
    path("<slug:code>/goals/", decisions.goal_add, name="goal_add"),
    path("<slug:code>/cut-overs/", decisions.cut_over_add, name="cut_over_add"),
    path("<slug:code>/versions/new/", definitions.version_new, name="version_new"),
    path("<slug:code>/versions/<int:number>/", definitions.version_edit, name="version_edit"),
    path("<slug:code>/versions/<int:number>/use/", definitions.version_use, name="version_use"),
    path("<slug:code>/versions/<int:number>/drop/", definitions.version_drop, name="version_drop"),
]
