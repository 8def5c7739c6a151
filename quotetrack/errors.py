"""The errors that a user can do something about. Their messages are for the user, one line each."""

from __future__ import annotations


class UserError(Exception):
    """What was asked for cannot be done, and the message says why."""
