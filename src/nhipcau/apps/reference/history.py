"""What is recorded of dated reference data: everything."""

from __future__ import annotations

from django.apps import apps

from nhipcau.apps.audit.rows import track

track(*apps.get_app_config("reference").get_models())
