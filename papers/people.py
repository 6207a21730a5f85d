"""People by name, for other editors."""

from __future__ import annotations

from typing import Any


def name_of(user: Any) -> str:
    """The name that a user has set, else the one they log in with; empty for nobody."""
    return user.get_full_name() or user.get_username() if user else ""
