"""Work of the register that comes again by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry import (  # noqa: F401  # only the module `jobs` is looked for
    export_jobs,
    intake_jobs,
    linking_jobs,
)
from nhipcau.apps.registry.actions.set_retention import RETAINER, retain
from nhipcau.apps.registry.actions.verify_person import EXPIRER, expire_verifications
from nhipcau.apps.registry.erasing import remember_missing
from nhipcau.apps.registry.retention import everything, terms

ERASER = System("erasing")


@app.periodic(cron="27 * * * *", periodic_id="registry.erased")
@app.task(name="registry.remember_erased", queue="registry", queueing_lock="registry.remember_erased")
def remember_erased(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Once an hour: note beside the database what a killed erasure did not."""
    with acting(ERASER):
        remember_missing()


@app.periodic(cron="10 2 * * *", periodic_id="registry.expire_verifications")
@app.task(
    name="registry.expire_verifications", queue="registry", queueing_lock="registry.expire_verifications"
)
def expire(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Every night: what relatives said and nobody confirmed holds no more."""
    with acting(EXPIRER):
        expire_verifications()


@app.periodic(cron="40 2 * * *", periodic_id="registry.retain")
@app.task(name="registry.retain", queue="registry", queueing_lock="registry.retain")
def retain_all(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Every night: what was kept its time goes, each kind in a transaction of its own."""
    for each in everything():
        with acting(RETAINER):
            retain(each, terms()[each.what])
