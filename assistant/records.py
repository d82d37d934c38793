"""The records and errors of `index` that the screens show: screens import `assistant`, never `index`."""

from __future__ import annotations

from index.corpus import Corpus as Corpus
from index.corpus_changes import Change as Change
from index.corpus_editing import Withdrawn as Withdrawn
from index.corpus_editing import entry_trouble as entry_trouble
from index.entry_form import EntryForm as EntryForm
from index.entry_form import SourceForm as SourceForm
from index.entry_form import form_of as form_of
from index.errors import IndexingError as IndexingError
from index.first_look import FirstLook as FirstLook
from index.incoming import Incoming as Incoming
from index.likeness import Kin as Kin
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
from index.terms import Term as Term
from index.vocabulary_editing import TermForm as TermForm
from index.vocabulary_editing import shared_names as shared_names
from index.vocabulary_editing import term_form as term_form
