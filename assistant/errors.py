"""Errors of `assistant`; their text is a French sentence for people, with the remedy.

AssistantError
├── SettingsError        a setting is unknown or has an impossible value
├── QuestionSetError     a question set cannot be read
├── LanguageModelFailed  the language model gave no reply; the answer without it stands
│   └── LanguageModelMissing  it cannot be opened: its package or its name
├── DocumentUnknown      no document of the index has that id
├── JournalUnavailable   the journal cannot be opened, read or written
│   └── JournalRefused   the journal will never take this row
├── ExchangeUnknown      no exchange, conversation or verified answer has that id
└── VerificationRefused  an answer cannot be verified as it was written

Errors of `index` (see `index.errors`) pass through unchanged.
"""

from __future__ import annotations

UNEXPECTED = "Une erreur inattendue a empêché de répondre ; elle est notée dans le journal du serveur."


class AssistantError(Exception):
    """Base of all errors of `assistant`; its text can be shown to a user as it is."""


class SettingsError(AssistantError):
    """A setting is unknown or has an impossible value."""


class QuestionSetError(AssistantError):
    """A question set cannot be read."""


class LanguageModelFailed(AssistantError):
    """The language model gave no reply. `reason` is for the server's log, `is_dead` when nobody answered at all."""

    def __init__(self, sentence: str, reason: str = "", *, is_dead: bool = False) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.is_dead = is_dead


class LanguageModelMissing(LanguageModelFailed):
    """The language model cannot be opened: its package is not installed or its name is none."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} : {remedy}.", problem)
        self.problem = problem
        self.remedy = remedy


class DocumentUnknown(AssistantError):
    """No document of the index has that id."""


class JournalUnavailable(AssistantError):
    """The journal cannot be opened, read or written."""


class JournalRefused(JournalUnavailable):
    """The journal answers, and will never take this row: it breaks a rule of its tables."""


class ExchangeUnknown(AssistantError):
    """No exchange, conversation or verified answer has that id."""


class VerificationRefused(AssistantError):
    """An answer cannot be verified as it was written."""
