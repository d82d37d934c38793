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
GUTTER = 0.025  # of the page's width: what is blank for so long parts columns
BLANK = 254  # of 255, the mean of a column of pixels
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

    Cropped, it is some lines above and below the boxes, and the column of text that they stand in.
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
        left, right = _across(image, boxes, int(top), int(bottom))
        result = result.crop((left, int(top), right, int(bottom)))
    stream = io.BytesIO()
    result.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _across(image: Image.Image, boxes: Sequence[Box], top: int, bottom: int) -> tuple[int, int]:
    """The columns of pixels to keep: as far as the first blank gutter on each side, so that one column can be read."""
    width = image.width
    means = image.crop((0, top, width, bottom)).convert("L").resize((width, 1), Image.Resampling.BOX).tobytes()
    gutter = max(1, int(GUTTER * width))

    def is_gutter(start: int, end: int) -> bool:
        return min(means[max(0, start) : min(width, end)], default=255) >= BLANK

    left, right = (int(edge * width) for edge in (min(box.left for box in boxes), max(box.right for box in boxes)))
    while left > 0 and not is_gutter(left - gutter, left):
        left -= 1
    while right < width and not is_gutter(right, right + gutter):
        right += 1
    return max(0, left - gutter), min(width, right + gutter)


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
