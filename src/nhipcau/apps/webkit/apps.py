from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class WebkitConfig(AppConfig):
    name = "nhipcau.apps.webkit"
    label = "webkit"

    def ready(self) -> None:
        """An error says what to do: Django's own only says that a field is required."""
        Field.default_error_messages["required"] = _("Fill this in.")
