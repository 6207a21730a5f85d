"""The reference site as an app: its address follows the environment at every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DigestsiteConfig(AppConfig):
    name = "digestsite"

    def ready(self) -> None:
        post_migrate.connect(on_migrated, sender=self, dispatch_uid="digestsite.address")


def on_migrated(**kwargs: Any) -> None:
    """However the site is started, it was migrated before: containers that run no `up` have the right address too."""
    from digestsite.address import apply_site_url

    apply_site_url()
