"""Every French sentence of the upkeep screen's frame, builds, digests and history."""

from __future__ import annotations

INTRODUCTION = (
    "Les documents, le vocabulaire et les constructions de l’index. Rien n’est en service avant d’être vérifié."
)
PARTS = {
    "documents": "Documents",
    "vocabulary": "Vocabulaire",
    "build": "Construire",
    "changes": "Ce qui change",
    "history": "Historique",
}
