from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "nhipcau.apps.access"
    label = "access"

    def ready(self) -> None:
        from nhipcau.apps.access import user_policy  # noqa: F401  # models are not loaded when this module is
        from nhipcau.apps.access.granting import needs_second_factor, users_visible_to
        from nhipcau.apps.accounts.mfa import provide_requirement
        from nhipcau.apps.accounts.models import provide_visibility

        provide_visibility(users_visible_to)
        provide_requirement(needs_second_factor)
