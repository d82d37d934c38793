"""Whether a document's file is still the one that was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.answers import Citation
from assistant.document_view import page_image_of
from assistant.errors import DocumentUnknown
from index.reading import content_hash

if TYPE_CHECKING:
    from assistant.answering import Assistant


def is_current(assistant: Assistant, document_id: str) -> bool:
    """True when the file in the corpus has the very bytes that were read; False when it is gone too.

    Raises:
        DocumentUnknown: no document has that id.
    """
    document = assistant.document(document_id)
    try:
        content = assistant.document_path(document_id).read_bytes()
    except (DocumentUnknown, OSError):
        return False
    return content_hash(content, document.info) == document.content_hash


def page_images(assistant: Assistant) -> Callable[[Citation], str | None]:
    """The picture of a quotation on its page; None for a file that changed, where it would show another text."""

    def find(citation: Citation) -> str | None:
        address = page_image_of(citation)
        return address if address and is_current(assistant, citation.document.id) else None

    return find
