"""What a site's editors decide about readers' voices; set in the admin under Settings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="comment")
class DiscussionSettings(BaseSiteSetting):
    """Who may speak on a site's digest. A page can be closed by itself as well."""

    comments_open = models.BooleanField(_("readers may comment"), default=True)
    reports_open = models.BooleanField(_("readers may report errors"), default=True)
    known_pass = models.BooleanField(
        _("who had a comment approved before is not made to wait"),
        default=True,
        help_text=_("Known by a cookie that this site sets when somebody comments."),
    )

    class Meta:
        verbose_name = _("comments and reports")
