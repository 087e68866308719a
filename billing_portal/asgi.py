import os
from importlib import import_module

from django.core.asgi import get_asgi_application

from billing_portal.utf8 import speak_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "billing_portal.settings")

speak_utf8()
application = get_asgi_application()
import_module("customers.checks").log_what_is_not_collected()
