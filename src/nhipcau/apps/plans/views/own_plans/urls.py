"""The addresses of units' own plans."""

from __future__ import annotations

from django.urls import path

from nhipcau.apps.plans.views.own_plans import plan, unit

urlpatterns = [
    path("plans/<int:pk>/own-plans/", plan.own_plans, name="own_plans"),
    path("plans/<int:pk>/own-plans/new/", plan.duty_new, name="duty_new"),
    path("plans/<int:pk>/own-plans/export/", plan.own_plans_export, name="own_plans_export"),
    path("own-plans/duties/<int:pk>/drop/", plan.duty_drop, name="duty_drop"),
    path("own-plans/<int:pk>/", unit.own_plan, name="own_plan"),
    path("own-plans/<int:pk>/excuse/", unit.own_plan_excuse, name="own_plan_excuse"),
    path("own-plans/<int:pk>/tasks/", unit.own_task_new, name="own_task_new"),
    path("own-plans/<int:pk>/file/", unit.own_plan_file, name="own_plan_file"),
]
