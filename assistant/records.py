"""The records and errors of `index` that the screens show: screens import `assistant`, never `index`."""

from __future__ import annotations

from index.errors import IndexingError as IndexingError
from index.records import Deadline as Deadline
from index.records import Document as Document
from index.records import DocumentInfo as DocumentInfo
from index.records import LeftOut as LeftOut
from index.records import Page as Page
from index.records import Passage as Passage
from index.records import Programme as Programme
from index.records import Source as Source
from index.records import Span as Span
from index.records import Tag as Tag
from index.records import TagKind as TagKind
from index.terms import ContextAlias as ContextAlias
from index.terms import Term as Term
