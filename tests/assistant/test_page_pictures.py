import io

import pytest
from PIL import Image
from screens.fake_assistant import PAGES, guide_pdf, span

from assistant import page_pictures
from assistant.page_pictures import PagePictures, PictureFailed, Wanted


@pytest.fixture
def pictures():
    made = PagePictures()
    yield made
    made.close()


def colours(png):
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return {colour for _, colour in image.getcolors(1 << 24)}


def test_the_quotation_is_marked_and_kept(pictures):
    own = span("guide", "Elle commence en septembre.")
    wanted = Wanted(guide_pdf(), 2, 1.0, own.quote, own.start)
    first = pictures.picture(wanted)
    assert first.is_marked
    assert (255, 233, 154) in colours(first.png)
    assert pictures.picture(wanted) is first
    plain = pictures.picture(Wanted(guide_pdf(), 2, 1.0))
    assert not plain.is_marked
    assert (255, 233, 154) not in colours(plain.png)


def test_a_quotation_that_is_not_there_marks_nothing(pictures):
    assert not pictures.picture(Wanted(guide_pdf(), 1, 1.0, "Ces mots n’y sont vraiment pas du tout.")).is_marked


def test_damaged_files_and_absent_pages_are_said(pictures, tmp_path):
    damaged = tmp_path / "x.pdf"
    damaged.write_bytes(b"%PDF-1.7\nnothing")
    for wanted in (Wanted(damaged, 1, 1.0), Wanted(guide_pdf(), 99, 1.0), Wanted(tmp_path / "absent.pdf", 1, 1.0)):
        with pytest.raises(PictureFailed):
            pictures.picture(wanted)
    assert pictures.picture(Wanted(guide_pdf(), 1, 1.0)).png.startswith(b"\x89PNG")


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_made():
    slow = PagePictures(timeout_s=0.001)
    with pytest.raises(PictureFailed):
        slow.picture(Wanted(guide_pdf(), 1, 1.0))
    slow._timeout_s = page_pictures.TIMEOUT_S
    assert slow.picture(Wanted(guide_pdf(), 1, 1.0)).png
    slow.close()


def test_little_is_kept_when_little_may_be():
    small = PagePictures(kept_bytes=1)
    for page in range(1, len(PAGES["guide"]) + 1):
        small.picture(Wanted(guide_pdf(), page, 0.5))
    assert len(small._kept) == 1
    small.close()
