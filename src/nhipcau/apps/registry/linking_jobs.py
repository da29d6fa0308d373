"""Linking in the background: after a list, after a person entered by hand, after a list was taken back."""

from __future__ import annotations

from django.db import connection
from procrastinate.contrib.django import app

from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry.linking.columns import LINKER
from nhipcau.apps.registry.linking.new_records import link_new
from nhipcau.apps.registry.linking.queue import LINK, begin
from nhipcau.apps.registry.models import Unlinked


@app.task(name=LINK, queue="reading")
def link_records() -> None:
    """All that waits; killed in the middle, what was decided stands and the rest is taken up again."""
    link_new()


@app.periodic(cron="*/10 * * * *", periodic_id="registry.link")
@app.task(name="registry.link_left_over", queue="reading", queueing_lock="registry.link_left_over")
def link_left_over(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Whatever no job was begun for, or whose job was killed."""
    with acting(LINKER):
        left = Unlinked.objects.exists()
    if left and not connection.in_atomic_block:
        begin()
