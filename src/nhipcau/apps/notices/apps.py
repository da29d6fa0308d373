from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "nhipcau.apps.notices"
    label = "notices"

    def ready(self) -> None:
        from nhipcau.apps.accounts import posting  # models are not loaded when this module is
        from nhipcau.apps.notices import history, policies  # noqa: F401
        from nhipcau.apps.notices.posting import post

        posting.provide(post)
