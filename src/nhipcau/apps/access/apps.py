from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "nhipcau.apps.access"
    label = "access"

    def ready(self) -> None:
        from nhipcau.apps.access import event_policy, history, user_policy  # noqa: F401  # needs the models
        from nhipcau.apps.access.event_policy import events_visible_to
        from nhipcau.apps.access.granting import needs_second_factor, users_visible_to
        from nhipcau.apps.access.grants import append_only, callable_function
        from nhipcau.apps.accounts.mfa import provide_requirement
        from nhipcau.apps.accounts.models import provide_visibility
        from nhipcau.apps.audit import models as audit

        for model in (audit.Event, audit.Seal, audit.Batch):
            append_only(model)
        callable_function("audit_erase(bigint[], text)")
        audit.provide_visibility(events_visible_to)
        provide_visibility(users_visible_to)
        provide_requirement(needs_second_factor)
