import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from billing_portal.utf8 import speak_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "billing_portal.settings")

speak_utf8()
application = get_wsgi_application()
import_module("customers.checks").log_what_is_not_collected()
