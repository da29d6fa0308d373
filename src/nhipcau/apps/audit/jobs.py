"""Sealing, every minute; marks of change swept; reading it all again, every night."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from nhipcau.apps.audit import editions
from nhipcau.apps.audit.seal import seal_all
from nhipcau.apps.audit.verify import verify

_log = structlog.get_logger("nhipcau.audit")


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal", pass_context=False)
def seal(timestamp: int) -> None:
    """One at a time; a run that is late is made up by the next."""
    del timestamp
    seal_all()


@app.periodic(cron="*/5 * * * *")
@app.task(name="audit.sweep_editions", queueing_lock="audit.sweep_editions", pass_context=False)
def sweep_editions(timestamp: int) -> None:
    """Few marks to read, however many changes a day brings."""
    del timestamp
    editions.sweep()


@app.periodic(cron="40 3 * * *")
@app.task(name="audit.verify", queueing_lock="audit.verify", pass_context=False)
def read_again(timestamp: int) -> None:
    """What it finds stands in the log as an error; `nhipcau audit verify` says it in full."""
    del timestamp
    report = verify()
    facts = {"checked": report.checked, "problems": len(report.problems), "waiting": report.waiting}
    if report.sound:
        _log.info("record sound", **facts)
    else:
        _log.error("record NOT sound", kinds=sorted({problem.kind for problem in report.problems}), **facts)
