"""The page and checkout lane."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from config.checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
refuse_unsafe_start()

# As in the live lane: what is loaded by now stays to the end.
gc.collect()
gc.freeze()
