"""Settings of a process beside the tests: their database, and their cache."""

import json
import os

from tests.settings import *  # noqa: F403
from tests.settings import CACHES, DATABASES

DATABASES["default"]["NAME"] = os.environ["BESIDE_DATABASE"]
CACHES["digest"] = json.loads(os.environ["BESIDE_CACHE"])
