"""The addresses of the kinds of task, their records, and parents of tasks."""

from __future__ import annotations

from django.urls import path

from nhipcau.apps.plans.views.kinds import edit, inspections, lists, parents

urlpatterns = [
    path("tasks/kinds/", lists.kinds, name="kinds"),
    path("tasks/kinds/likely/", lists.likely, name="likely"),
    path("tasks/kinds/<slug:kind>/", lists.record_list, name="records"),
    path("tasks/kinds/<slug:kind>/export/", lists.records_export, name="records_export"),
    path("tasks/kinds/<slug:kind>/<int:pk>/edit/", edit.record_edit, name="record_edit"),
    path("tasks/kinds/<slug:kind>/<int:pk>/drop/", edit.record_drop, name="record_drop"),
    path("tasks/inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("tasks/inspections/<int:pk>/findings/", inspections.finding_new, name="finding_new"),
    path("tasks/inspections/<int:pk>/papers/<slug:paper>/", inspections.paper_file, name="paper_file"),
    path("tasks/findings/<int:pk>/task/", inspections.finding_task, name="finding_task"),
    path("tasks/findings/<int:pk>/drop/", inspections.finding_drop, name="finding_drop"),
    path("tasks/<int:pk>/kind/", edit.task_kind, name="task_kind"),
    path("tasks/<int:pk>/records/new/", edit.record_new, name="record_new"),
    path("tasks/<int:pk>/parent/", parents.task_parent, name="task_parent"),
]
