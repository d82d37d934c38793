"""Errors of `assistant`; their text is a French sentence for people, with the remedy.

AssistantError
├── SettingsError        a setting is unknown or has an impossible value
├── QuestionSetError     a question set cannot be read
└── DocumentUnknown      no document of the index has that id

Errors of `index` (see `index.errors`) pass through unchanged.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors of `assistant`; its text can be shown to a user as it is."""


class SettingsError(AssistantError):
    """A setting is unknown or has an impossible value."""


class QuestionSetError(AssistantError):
    """A question set cannot be read."""


class DocumentUnknown(AssistantError):
    """No document of the index has that id."""
