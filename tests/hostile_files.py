"""Files that are meant to break a reader, made by script: each maker writes one, from a chance of its own."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from file_makers import bomb_docx, calendar_xlsx, encrypted_pdf, lines_pdf, merged_docx, slides_pptx, with_part

Maker = Callable[[Path, random.Random], Path]

ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">%s<!ENTITY x SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>&a9;&x;</w:t></w:r></w:p></w:body></w:document>""" % b"".join(
    b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)
)
SOUND = {
    "pdf": lambda path: lines_pdf(path, [["Le guichet ferme le 3 juin 2024.", "Une autre ligne."]] * 3),
    "docx": merged_docx,
    "xlsx": calendar_xlsx,
    "pptx": slides_pptx,
    "html": lambda path: _write(path, b"<html><body><h1>Titre</h1><p>Le guichet ferme.</p></body></html>" * 3),
    "md": lambda path: _write(
        path, "# Titre\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nLe guichet ferme à 14 h.\n".encode()
    ),
    "txt": lambda path: _write(path, "Titre\n\nLe guichet ferme le 3 juin à 14 h.\n".encode()),
}
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def make_hostile(folder: Path, count: int, *, seed: int = 1) -> list[Path]:
    """`count` files in `folder`: every maker once, then fuzzed and truncated ones of every format, in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for number in range(count):
        maker = MAKERS[number] if number < len(MAKERS) else (fuzzed, truncated, spliced)[number % 3]
        own = folder / f"{number:03d}"
        own.mkdir()
        made.append(maker(own, random.Random(seed * 1000 + number)))
    return made


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _sound(folder: Path, kind: str) -> bytes:
    return (
        Path(SOUND[kind](folder / f"source.{kind}.tmp")).read_bytes()
        if kind not in MAIN_PARTS
        else _office(folder, kind)
    )


def _office(folder: Path, kind: str) -> bytes:
    path = SOUND[kind](folder / f"source.{kind}")
    content = Path(path).read_bytes()
    Path(path).unlink()
    return content


def _any(folder: Path, chance: random.Random) -> tuple[str, bytes]:
    kind = chance.choice(sorted(SOUND))
    return kind, _sound(folder, kind)


def fuzzed(folder: Path, chance: random.Random) -> Path:
    """A sound file with some bytes changed; of an Office file, inside its main part, packed again."""
    kind, content = _any(folder, chance)
    if kind in MAIN_PARTS and chance.random() < 0.7:
        source = _write(folder / "source", content)
        with zipfile.ZipFile(source) as archive:
            part = _flipped(archive.read(MAIN_PARTS[kind]), chance)
        path = with_part(folder / f"abîmé.{kind}", source, MAIN_PARTS[kind], part)
        source.unlink()
        return path
    return _write(folder / f"abîmé.{kind}", _flipped(content, chance))


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 40))):
        at = chance.randrange(len(changed))
        what = chance.random()
        if what < 0.5:
            changed[at] = chance.randrange(256)
        elif what < 0.75:
            changed[at : at + 1] = bytes([changed[at]]) * chance.choice((0, 2, 50))
        else:
            changed[at : at + 4] = b"\xff\xff\xff\x7f"
    return bytes(changed)


def truncated(folder: Path, chance: random.Random) -> Path:
    """A sound file that was cut short."""
    kind, content = _any(folder, chance)
    return _write(folder / f"coupé.{kind}", content[: chance.randrange(1, len(content))])


def spliced(folder: Path, chance: random.Random) -> Path:
    """The beginning of one file and the end of another, under either name."""
    (one, first), (other, second) = _any(folder, chance), _any(folder, chance)
    content = first[: chance.randrange(1, len(first))] + second[chance.randrange(len(second)) :]
    return _write(folder / f"collé.{chance.choice((one, other))}", content)


def _pdf(folder: Path, name: str, objects: list[bytes], *, trailer: bytes = b"/Root 1 0 R") -> Path:
    """A PDF of these objects, numbered from 1, with a right table of places."""
    body = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer <</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return _write(folder / name, bytes(body))


def _stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), extra, content)


_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
_TEXT = b"BT /F 12 Tf 72 700 Td (Le guichet ferme.) Tj ET"


def _one_page(
    contents: bytes, *, extra: bytes = b"", resources: bytes = _FONT, box: bytes = b"0 0 595 842"
) -> list[bytes]:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<<%s>>/Contents 4 0 R %s>>" % (box, resources, extra)
    return [b"<</Type/Catalog/Pages 2 0 R>>", _PAGES, page, contents]


def pdf_of_many_objects(folder: Path, _chance: random.Random) -> Path:
    """A million objects that nothing uses (fewer weigh enough for a test)."""
    return _pdf(folder, "objets.pdf", [*_one_page(_stream(_TEXT)), *[b"[]"] * OBJECTS])


OBJECTS = 300_000


def pdf_of_recursive_forms(folder: Path, _chance: random.Random) -> Path:
    """A form that draws itself."""
    return _forms(folder, b"/A Do")


def pdf_of_twin_forms(folder: Path, _chance: random.Random) -> Path:
    """Two forms that draw themselves and each other: twice as many at each level."""
    return _forms(folder, b"/A Do /B Do")


def _forms(folder: Path, draws: bytes) -> Path:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>"
    draw = _stream(draws, form)
    resources = _FONT + b"/XObject<</A 5 0 R/B 6 0 R>>"
    return _pdf(folder, "formes.pdf", [*_one_page(_stream(_TEXT + b" /A Do"), resources=resources), draw, draw])


def pdf_of_circular_pages(folder: Path, _chance: random.Random) -> Path:
    pages = b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9/Parent 2 0 R>>"
    return _pdf(folder, "pages.pdf", [b"<</Type/Catalog/Pages 2 0 R>>", pages, *_one_page(_stream(_TEXT))[2:]])


def pdf_with_script(folder: Path, _chance: random.Random) -> Path:
    objects = _one_page(_stream(_TEXT))
    objects[0] = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(1\\){app.launchURL\\('http://a.invalid'\\)})>>"
        b"/AA<</WC<</S/Launch/F(/bin/sh)>>>>>>"
    )
    return _pdf(folder, "script.pdf", objects)


def pdf_with_giant_image(folder: Path, _chance: random.Random) -> Path:
    image = _stream(
        zlib.compress(bytes(10_000_000)),
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/FlateDecode",
    )
    objects = _one_page(_stream(b"q 500 0 0 500 0 0 cm /I Do Q"), resources=b"/XObject<</I 5 0 R>>")
    return _pdf(folder, "image.pdf", [*objects, image])


def pdf_of_giant_page(folder: Path, _chance: random.Random) -> Path:
    return _pdf(folder, "affiche.pdf", _one_page(_stream(b""), box=b"0 0 2000000 2000000"))


def pdf_bomb(folder: Path, _chance: random.Random) -> Path:
    content = zlib.compress(zlib.compress(b"BT /F 1 Tf (a) Tj ET " * 8_000_000, 9), 9)
    return _pdf(folder, "bombe.pdf", _one_page(_stream(content, b"/Filter[/FlateDecode/FlateDecode]")))


def pdf_of_endless_text(folder: Path, _chance: random.Random) -> Path:
    return _pdf(folder, "texte.pdf", _one_page(_stream(b"BT /F 1 Tf " + b"(mot ) Tj " * 400_000 + b"ET")))


def pdf_of_deep_arrays(folder: Path, _chance: random.Random) -> Path:
    return _pdf(folder, "tableaux.pdf", _one_page(_stream(_TEXT), extra=b"/X " + b"[" * 50_000 + b"]" * 50_000))


def pdf_of_looping_references(folder: Path, _chance: random.Random) -> Path:
    return _pdf(folder, "renvois.pdf", [*_one_page(_stream(_TEXT), extra=b"/Annots 5 0 R"), b"6 0 R", b"5 0 R"])


def pdf_locked(folder: Path, _chance: random.Random) -> Path:
    source = lines_pdf(folder / "source", [["Secret."]])
    path = encrypted_pdf(folder / "clos.pdf", source, "mot de passe")
    source.unlink()
    return path


def pdf_and_archive(folder: Path, _chance: random.Random) -> Path:
    """A polyglot: a PDF for one reader, an archive for another."""
    pdf = _pdf(folder, "deux.pdf", _one_page(_stream(_TEXT)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../evil.txt", "a")
    return _write(pdf, pdf.read_bytes() + stream.getvalue())


def page_and_pdf(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "deux.html", b"<html><!--\n%PDF-1.7\n--><body><p>Bonjour.</p></body></html>")


def archive_as_docx(folder: Path, _chance: random.Random) -> Path:
    path = folder / "archive.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lisez.txt", "a")
    return path


def picture_as_pdf(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "photo.pdf", b"\x89PNG\r\n\x1a\n" + bytes(500))


def program_as_text(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "programme.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20)


def old_word_as_docx(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "ancien.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))


def docx_bomb(folder: Path, _chance: random.Random) -> Path:
    return bomb_docx(folder / "bombe.docx")


def xlsx_bomb(folder: Path, _chance: random.Random) -> Path:
    return _part(folder, "xlsx", "xl/worksheets/sheet1.xml", b"<a>" + b" " * 150_000_000)


def bomb_that_lies(folder: Path, _chance: random.Random) -> Path:
    """An archive that declares a small size for a part that unpacks to 100 megabytes."""
    path = _part(folder, "docx", "word/document.xml", b" " * 100_000_000)
    size = (100_000_000).to_bytes(4, "little")
    return _write(path, path.read_bytes().replace(size, (1000).to_bytes(4, "little")))


def _part(folder: Path, kind: str, name: str, content: bytes) -> Path:
    source = Path(SOUND[kind](folder / f"source.{kind}"))
    path = with_part(folder / f"partie.{kind}", source, name, content)
    source.unlink()
    return path


def docx_of_entities(folder: Path, _chance: random.Random) -> Path:
    return _part(folder, "docx", "word/document.xml", ENTITIES)


def xlsx_of_entities(folder: Path, _chance: random.Random) -> Path:
    return _part(folder, "xlsx", "xl/sharedStrings.xml", ENTITIES)


def pptx_of_late_entities(folder: Path, _chance: random.Random) -> Path:
    """Entities declared beyond what a first look reads, and in another encoding."""
    return _part(folder, "pptx", "ppt/slides/slide1.xml", b"<!--" + b"x" * 70_000 + b"-->" + ENTITIES)


def docx_of_utf16_entities(folder: Path, _chance: random.Random) -> Path:
    return _part(folder, "docx", "word/document.xml", ENTITIES.decode().replace("1.0", "1.0").encode("utf-16"))


def docx_that_climbs(folder: Path, _chance: random.Random) -> Path:
    return _part(folder, "docx", "../../../../tmp/evil.xml", b"<a/>")


def docx_of_outside_parts(folder: Path, _chance: random.Random) -> Path:
    relations = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        b'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    return _part(folder, "docx", "word/_rels/document.xml.rels", relations)


def docx_of_deep_tables(folder: Path, _chance: random.Random) -> Path:
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{cell}</w:body></w:document>'
    return _part(folder, "docx", "word/document.xml", body.encode())


def xlsx_of_the_last_cell(folder: Path, _chance: random.Random) -> Path:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="1048576">'
        b'<c r="XFD1048576" t="inlineStr"><is><t>b</t></is></c></row></sheetData></worksheet>'
    )
    return _part(folder, "xlsx", "xl/worksheets/sheet1.xml", sheet)


def html_of_deep_boxes(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "boîtes.html", b"<html><body>" + b"<div>" * 100_000 + b"Texte" + b"</div>" * 100_000)


def html_of_wide_cells(folder: Path, _chance: random.Random) -> Path:
    row = b"<tr><td rowspan=99999999 colspan=99999999>a</td><td rowspan=65535 colspan=1000>b</td></tr>" * 300
    return _write(folder / "cellules.html", b"<html><body><table>" + row + b"</table></body></html>")


def html_of_one_attribute(folder: Path, _chance: random.Random) -> Path:
    return _write(
        folder / "attribut.html", b'<html><body><p title="' + b"<" * 3_000_000 + b'">Texte.</p></body></html>'
    )


def html_with_entities(folder: Path, _chance: random.Random) -> Path:
    return _write(
        folder / "entités.html", b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;</p></html>'
    )


def markdown_of_brackets(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "crochets.md", b"[" * 60_000 + b"](" * 60_000)


def markdown_of_quotes(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "citations.md", b"\n".join(b">" * depth + b" - a" for depth in range(1, 1_500)))


def markdown_of_rows(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "rangs.md", b"|a" * 2_000 + b"|\n" + b"|-" * 2_000 + b"|\n" + (b"|b" * 2_000 + b"|\n") * 100)


def text_of_one_line(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "ligne.txt", b"mot, " * 4_000_000)


def text_of_dates(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "dates.txt", b"du 1er au 3 mars, puis 4, 5 et 6 mai 2024 ; " * 20_000)


def text_of_wrong_letters(folder: Path, chance: random.Random) -> Path:
    return _write(
        folder / "lettres.txt", "é\u202e\u0301".encode() * 1000 + bytes(chance.randrange(128, 256) for _ in range(9000))
    )


def empty(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "vide.pdf", b"")


def name_with_a_line_end(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "deux\nlignes.txt", b"Du texte.")


def name_of_255_bytes(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / ("n" * 251 + ".txt"), b"Du texte.")


def name_of_other_direction(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / "facture\u202efdp.txt", b"Du texte.")


def name_that_is_not_utf8(folder: Path, _chance: random.Random) -> Path:
    return _write(folder / os.fsdecode(b"caf\xe9.txt"), b"Du texte.")


def link_outside(folder: Path, _chance: random.Random) -> Path:
    path = folder / "lien.txt"
    path.symlink_to("/etc/passwd")
    return path


def link_to_itself(folder: Path, _chance: random.Random) -> Path:
    path = folder / "boucle.txt"
    path.symlink_to(path)
    return path


def pipe(folder: Path, _chance: random.Random) -> Path:
    path = folder / "tube.txt"
    os.mkfifo(path)
    return path


def folder_as_file(folder: Path, _chance: random.Random) -> Path:
    path = folder / "dossier.pdf"
    path.mkdir()
    _write(path / "dedans.txt", b"Du texte.")
    return path


# The first forty hold every kind of trick; the others cost more time.
MAKERS: tuple[Maker, ...] = (
    fuzzed, truncated, spliced, pdf_of_recursive_forms, pdf_of_circular_pages, pdf_with_script,
    pdf_with_giant_image, pdf_of_giant_page, pdf_of_deep_arrays, pdf_of_looping_references, pdf_locked,
    pdf_and_archive, page_and_pdf, archive_as_docx, picture_as_pdf, program_as_text, old_word_as_docx, docx_bomb,
    docx_of_entities, xlsx_of_entities, pptx_of_late_entities, docx_of_utf16_entities, docx_that_climbs,
    docx_of_outside_parts, docx_of_deep_tables, xlsx_of_the_last_cell, html_of_deep_boxes, html_of_wide_cells,
    html_with_entities, markdown_of_brackets, markdown_of_quotes, text_of_wrong_letters, empty,
    name_with_a_line_end, name_of_255_bytes, name_of_other_direction, name_that_is_not_utf8, link_outside,
    link_to_itself, pipe, folder_as_file, pdf_of_twin_forms, pdf_of_many_objects, pdf_bomb, pdf_of_endless_text,
    xlsx_bomb, bomb_that_lies, html_of_one_attribute, markdown_of_rows, text_of_one_line, text_of_dates,
)  # fmt: skip
