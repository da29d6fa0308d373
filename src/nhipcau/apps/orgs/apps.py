from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "nhipcau.apps.orgs"
    label = "orgs"

    def ready(self) -> None:
        from nhipcau.apps.access import grants, scope, waiting  # models are not loaded when this module is
        from nhipcau.apps.access.actions.make_training_copy import on_training_copy
        from nhipcau.apps.notices.registers import provide_working
        from nhipcau.apps.orgs import (  # noqa: F401
            carried,
            history,
            kept,
            people_history,
            people_policies,
            policies,
            subjects,
        )
        from nhipcau.apps.orgs.holders import at_work
        from nhipcau.apps.orgs.models import RowChange
        from nhipcau.apps.orgs.practice import clean
        from nhipcau.apps.orgs.scope import scope_from_appointments
        from nhipcau.apps.orgs.telling import register
        from nhipcau.apps.orgs.waiting import acts_to_approve, handovers_to_confirm, sheets_to_confirm

        register()
        on_training_copy(clean)
        waiting.offer(handovers_to_confirm)
        waiting.offer(sheets_to_confirm)
        waiting.offer(acts_to_approve)
        grants.append_only(RowChange)
        scope.provide(scope_from_appointments)
        provide_working(at_work)
