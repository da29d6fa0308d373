"""Sealing, every minute."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nhipcau.apps.audit.seal import seal_all


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal", pass_context=False)
def seal(timestamp: int) -> None:
    """One at a time; a run that is late is made up by the next."""
    del timestamp
    seal_all()
