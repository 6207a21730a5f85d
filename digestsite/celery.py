"""The Celery app and the beat schedule."""

import os

from celery import Celery
from celery.schedules import crontab

from digestsite import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digestsite.settings")
broker.register()
app = Celery("digestsite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # One that waits longer is thrown away: a heap of them would ring for every run once each.
    "take up what a killed worker left": {"task": "papers.tasks.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "drop old pictures of PDF pages": {
        "task": "papers.tasks.drop_old_pictures",
        "schedule": crontab(hour=3, minute=17),
    },
    "send letters that are due": {"task": "weekly.tasks.sweep_letters", "schedule": 60.0, "options": {"expires": 60}},
    "plan and send the digest by mail": {
        "task": "weekly.tasks.sweep_mailings",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "purge from CDNs what is due": {"task": "weekly.tasks.sweep_copies", "schedule": 60.0, "options": {"expires": 60}},
    "forget who never confirmed": {"task": "weekly.tasks.forget_readers", "schedule": crontab(hour=3, minute=41)},
}
