"""Pure: what the system and the readers of files say in English when something fails, as French words in a sentence."""

from __future__ import annotations

import errno
import json
import re
import tomllib

_SYSTEM = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "opération interdite",
    errno.ENOENT: "il n'existe pas",
    errno.EEXIST: "il existe déjà",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.ENOTEMPTY: "le dossier n'est pas vide",
    errno.ENOSPC: "il n'y a plus de place sur le disque",
    errno.EDQUOT: "le quota du disque est atteint",
    errno.EFBIG: "le fichier serait trop grand",
    errno.EROFS: "le disque est en lecture seule",
    errno.EIO: "le disque ne répond pas bien",
    errno.ESTALE: "le disque partagé a changé",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.ELOOP: "trop de liens s'enchaînent",
    errno.EXDEV: "c'est un autre disque",
    errno.EBUSY: "il est occupé",
    errno.ETXTBSY: "il est en cours d'exécution",
    errno.EAGAIN: "il est momentanément occupé",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts sur cette machine",
    errno.ENOMEM: "il n'y a plus assez de mémoire",
    errno.EADDRINUSE: "il est déjà pris",
    errno.EADDRNOTAVAIL: "cette adresse n'est pas à cette machine",
    errno.ECONNREFUSED: "la connexion est refusée",
    errno.ECONNRESET: "la connexion est coupée",
    errno.ETIMEDOUT: "il ne répond pas",
    errno.EHOSTUNREACH: "la machine est injoignable",
    errno.ENETUNREACH: "le réseau est injoignable",
}
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


def reason_of(error: Exception) -> str:
    """Why it failed, in French: « il n'y a plus de place sur le disque ».

    What nothing here knows is named by the system's own short name (« erreur EPROTO du système ») or by its kind.
    """
    if isinstance(error, UnicodeDecodeError):
        return "son texte n'est pas en UTF-8"
    if isinstance(error, tomllib.TOMLDecodeError):
        place = _TOML_PLACE.search(str(error))
        return f"ligne {place[1]}, colonne {place[2]}" if place else "à la fin du fichier"
    if isinstance(error, json.JSONDecodeError):
        return f"JSON incorrect à la ligne {error.lineno}, colonne {error.colno}"
    if isinstance(error, OSError):
        return _of_system(error)
    return type(error).__name__


def _of_system(error: OSError) -> str:
    if error.errno is None:
        return type(error).__name__
    known = _SYSTEM.get(error.errno)
    return known or f"erreur {errno.errorcode.get(error.errno, error.errno)} du système"
