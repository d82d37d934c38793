"""What the screens of upkeep show of the corpus and change in it: they import `assistant`, never `index`.

Apart from `records`, so that what only reads does not load what edits.
"""

from __future__ import annotations

from index.corpus import Corpus as Corpus
from index.corpus_changes import Change as Change
from index.corpus_editing import Withdrawn as Withdrawn
from index.corpus_editing import entry_trouble as entry_trouble
from index.entry_form import EntryForm as EntryForm
from index.entry_form import SourceForm as SourceForm
from index.entry_form import form_of as form_of
from index.first_look import FirstLook as FirstLook
from index.incoming import Incoming as Incoming
from index.likeness import Kin as Kin
from index.vocabulary_editing import TermForm as TermForm
from index.vocabulary_editing import shared_names as shared_names
from index.vocabulary_editing import term_form as term_form
