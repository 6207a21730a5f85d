#!/usr/bin/env python
"""Django's command line for the reference site."""

import gc
import os
import sys

if __name__ == "__main__":
    gc.set_threshold(100_000)  # loading Wagtail makes objects that stay: looking for garbage costs a seventh of it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digestsite.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
