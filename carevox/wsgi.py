"""What a WSGI server loads: `carevox.wsgi:application`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carevox.settings")

try:
    django_application = get_wsgi_application()
    from readings.beacon.wsgi import BeaconApplication  # models are there from here on
    from search.synonyms import warm_up

    warm_up()
    application = BeaconApplication(django_application)
except ImproperlyConfigured as error:
    sys.exit(f"CareVox: {error}")
