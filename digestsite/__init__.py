"""The reference site: one way to assemble the plugin."""

from digestsite.celery import app as celery_app

__all__ = ["celery_app"]
