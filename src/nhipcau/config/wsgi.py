"""The WSGI entry that the server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
application = get_wsgi_application()
# What was loaded stays until the end: looked through for garbage, it held up a page for a tenth of a second.
gc.collect()
gc.freeze()
