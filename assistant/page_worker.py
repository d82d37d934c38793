"""Door for Pillow, and the child process that makes page pictures: a hostile file can only end this process.

Reads one JSON object a line, answers with a JSON line that gives a length, then that many bytes of PNG.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, ImageChops, ImageDraw

from index import page_images
from index.errors import IndexingError
from index.page_files import Box

MAX_MEMORY_BYTES = 1_500_000_000
AROUND = 0.09  # of the page's height, on each side of the quotation
BESIDE, NARROWEST = 0.03, 0.62  # of the page's width: on each side of the quotation, and what is kept at least
MARK, MARK_LINE = (255, 233, 154), (201, 151, 0)


def main() -> None:
    """Answers requests until standard input ends."""
    _limit_memory()
    replies = sys.stdout.buffer
    for line in sys.stdin.buffer:
        _reply(json.loads(line), replies)


def picture(request: dict[str, Any]) -> tuple[bytes, bool]:
    """The page as PNG with the quotation marked, and whether it was found; an empty quotation marks nothing."""
    path, page, quote = Path(request["path"]), request["page"], request["quote"]
    boxes = page_images.locate(path, page, quote, request["expected_start"]) if quote else ()
    png = page_images.render(path, page, request["scale"])
    return (marked(png, boxes, is_cropped=request["is_cropped"]), True) if boxes else (png, False)


def marked(png: bytes, boxes: Sequence[Box], *, is_cropped: bool) -> bytes:
    """The picture with each box coloured as by a highlighter and underlined, which shows without colours too.

    Cropped, it is some lines above and below the boxes, and as much of the width as they take.
    """
    image = Image.open(io.BytesIO(png)).convert("RGB")
    highlight = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(highlight)
    margin = image.height * 0.002
    underlines = []
    for box in boxes:
        left, right = box.left * image.width - margin, box.right * image.width + margin
        top, bottom = box.top * image.height - margin, box.bottom * image.height + margin
        pen.rectangle((left, top, right, bottom), fill=MARK)
        underlines.append((left, bottom, right, bottom + max(1.0, margin)))
    result = ImageChops.multiply(image, highlight)
    pen = ImageDraw.Draw(result)
    for line in underlines:
        pen.rectangle(line, fill=MARK_LINE)
    if is_cropped:
        top = max(0.0, min(box.top for box in boxes) - AROUND) * image.height
        bottom = min(1.0, max(box.bottom for box in boxes) + AROUND) * image.height
        left, right = _across(boxes)
        result = result.crop((int(left * image.width), int(top), int(right * image.width), int(bottom)))
    stream = io.BytesIO()
    result.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _across(boxes: Sequence[Box]) -> tuple[float, float]:
    """The part of the width that is kept: a column's, so that it can be read in a narrow window."""
    left, right = min(box.left for box in boxes) - BESIDE, max(box.right for box in boxes) + BESIDE
    missing = max(0.0, NARROWEST - (right - left)) / 2
    left, right = left - missing, right + missing
    shifted = max(0.0, -left) - max(0.0, right - 1.0)
    return max(0.0, left + shifted), min(1.0, right + shifted)


def _reply(request: dict[str, Any], replies: BinaryIO) -> None:
    png, found, reason = b"", False, ""
    try:
        png, found = picture(request)
    except (IndexingError, MemoryError, OSError, ValueError) as error:
        reason = str(error) or type(error).__name__
    replies.write(json.dumps({"length": len(png), "found": found, "reason": reason}).encode() + b"\n" + png)
    replies.flush()


def _limit_memory() -> None:
    """Where the system can, a page that wants too much memory fails instead of taking the machine's."""
    try:
        import resource
    except ImportError:  # not a Unix system
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


if __name__ == "__main__":
    main()
