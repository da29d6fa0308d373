"""The addresses of the estimates."""

from __future__ import annotations

from django.urls import path

from nhipcau.apps.plans.views.money import agency, amounts, exports, lines, round, rounds

urlpatterns = [
    path("money/", rounds.rounds, name="rounds"),
    path("money/new/", rounds.round_new, name="round_new"),
    path("money/<int:year>/", round.round_page, name="round"),
    path("money/<int:year>/edit/", rounds.round_edit, name="round_edit"),
    path("money/<int:year>/close/", rounds.round_close, name="round_close"),
    path("money/<int:year>/remind/", rounds.round_remind, name="round_remind"),
    path("money/<int:year>/export/", exports.round_export, name="round_export"),
    path("money/agencies/<int:pk>/", agency.asked_page, name="asked"),
    path("money/agencies/<int:pk>/lines/", lines.asked_lines, name="asked_lines"),
    path("money/agencies/<int:pk>/send/", agency.asked_send, name="asked_send"),
    path("money/agencies/<int:pk>/return/", agency.asked_return, name="asked_return"),
    path("money/agencies/<int:pk>/amounts/<slug:stage>/", amounts.asked_amounts, name="asked_amounts"),
]
