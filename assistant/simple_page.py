"""Pure: the plain page `/simple`: server-rendered HTML without any script, the same parts as the ask screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import answer_markup, document_view, paper_answer, source_markup
from assistant.answers import Answer, Citation
from assistant.currency import page_images
from assistant.excerpts import Excerpt, excerpt
from assistant.markup import Html, document, element, join, plain_head, unbroken
from assistant.screens import conversation, phrasing, wording
from assistant.screens.conversation import Request
from assistant.screens.footer import footer
from assistant.source_markup import CitedExcerpt, Place
from assistant.suggestions import suggestions
from index.records import Programme

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.desk import Desk

FOLDER = Path(__file__).parent / "screens"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": POLICY, "cache-control": "no-store"}
PATH, PDF = "/simple", "/simple/reponse.pdf"


def render(
    desk: Desk, request: Request | None, documents: frozenset[str] = frozenset(), *, is_worded: bool = False
) -> str:
    """The page: the form alone, or a question with its answer, which the journal then has.

    `documents` are those that a first question is kept to. The answer is made of quotations, or, where a link asked for
    it, in the words of the language model.
    """
    assistant, programme = desk.assistant, desk.assistant.programme
    if request is None:
        kept = [info.title for info in assistant.documents() if info.id in documents]
        said = wording.ASK_ABOUT_DOCUMENT.format(title=", ".join(kept)) if kept else ""
        notice = element("p", said, class_="kept-to") if kept else None
        return framed(
            assistant,
            programme.name,
            _welcome(programme),
            notice,
            _form((), documents),
            _examples(programme, documents),
        )
    answer = _ask(desk, request, is_worded=is_worded)
    so_far = (*request.after, request.question)[-conversation.MAX_AFTER :]
    return framed(assistant, answer.question, _exchange(assistant, request, answer), _form(so_far, request.documents))


def as_pdf(desk: Desk, request: Request, today: date) -> bytes:
    """The answer to a request as a PDF; it was kept when the page was shown."""
    from assistant.paper import to_pdf  # fonts and pages are loaded by who takes a paper away

    assistant = desk.assistant
    answer, _ = desk.answer(request.question, after=request.after, documents=request.documents, without=request.without)
    foot = paper_answer.footer(assistant.programme, assistant.corpus_as_of, today)
    return to_pdf(answer.question, paper_answer.lines(answer, assistant.programme), footer=foot)


def framed(assistant: Assistant, title: str, *body: Html | None) -> str:
    """A page of the plain site: its header, the body as main content, its footer."""
    programme = assistant.programme
    foot = footer(programme, phrasing.up_to(assistant.corpus_as_of))
    whole = f"{title[:80]} · {programme.short_name}" if title != programme.name else title
    return _page(whole, _header(programme), element("main", *body, id="contenu"), foot)


def failure(message: str) -> str:
    """The page that says why there is no answer and what to do."""
    main = element(
        "main",
        element("h1", wording.NOT_READY_TITLE),
        element("p", unbroken(message), class_="reason"),
        element("p", wording.NOT_READY_REMEDY),
        id="contenu",
        class_="not-ready",
    )
    return _page(wording.NOT_READY_TITLE, None, main, None)


def refusal(message: str) -> str:
    """The page that says why this question is not answered now."""
    again = element("p", element("a", wording.BACK_TO_QUESTIONS, href=PATH))
    main = element("main", element("p", unbroken(message), class_="reason", role="alert"), again, id="contenu")
    return _page(message, None, main, None)


def style() -> str:
    """The style sheet of the page."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("shared.css", "simple.css"))


def script() -> str:
    """The script that the shell of the screens loads; the plain page has none."""
    return (FOLDER / "page.js").read_text(encoding="utf-8")


def _ask(desk: Desk, request: Request, *, is_worded: bool = False) -> Answer:
    asked = desk.ask(request.question, after=request.after, documents=request.documents, without=request.without)
    worded = desk.reword(asked) if is_worded else None
    return (worded or asked).answer


def _page(title: str, *body: Html | None) -> Html:
    skip = element("a", wording.SKIP, href="#contenu", class_="skip")
    return document(plain_head(title), element("body", skip, *body), lang="fr")


def _header(programme: Programme) -> Html:
    glyph = element("span", "«\u202f»", class_="glyph", aria_hidden="true")
    names = element(
        "span", element("strong", programme.short_name), element("small", wording.UNOFFICIAL), class_="names"
    )
    links = ((wording.ASK, PATH), (wording.DOCUMENTS, document_view.PLAIN_DOCUMENTS), (wording.FULL_PAGE, "/"))
    menu = element("nav", *_spaced([element("a", name, href=path) for name, path in links]), aria_label=wording.MENU)
    brand = element("a", glyph, names, href=PATH, class_="brand")
    return element("header", element("div", brand, menu, class_="inside"))


def _welcome(programme: Programme) -> Html:
    return element(
        "section",
        element("h1", programme.name),
        element("p", programme.description, class_="introduction"),
        element("p", wording.PROMISE, class_="promise"),
        class_="welcome",
    )


def _examples(programme: Programme, documents: frozenset[str]) -> Html | None:
    if not programme.examples:
        return None
    links = [element("li", _question_link(Request(example, documents=documents))) for example in programme.examples]
    return element(
        "section", element("h2", wording.EXAMPLES, class_="section"), element("ul", *links, class_="examples")
    )


def _exchange(assistant: Assistant, request: Request, answer: Answer) -> Html:
    place = Place(
        "reponse",
        "h2",
        _excerpts(assistant),
        page_images(assistant),
        assistant.vocabulary,
        document_view.PLAIN_DOCUMENTS,
    )
    earlier = [element("li", question) for question in request.after]
    return element(
        "article",
        element("ol", *earlier, class_="earlier", aria_label=wording.EARLIER) if earlier else None,
        element(
            "h1", element("span", wording.YOU_ASKED + " ", class_="visually-hidden"), answer.question, class_="question"
        ),
        _understood(request, answer),
        answer_markup.statements(answer, place),
        answer_markup.written_by(answer),
        _wording_link(assistant, request, answer),
        answer_markup.notices(answer),
        _choices(request, answer),
        source_markup.sources(answer, place),
        source_markup.nearest(answer.nearest, place),
        _suggestions(assistant, request, answer),
        element("p", element("a", wording.DOWNLOAD_PDF, href=conversation.address(PDF, request)), class_="links")
        if request.fits_address
        else None,
        class_="exchange",
    )


def _wording_link(assistant: Assistant, request: Request, answer: Answer) -> Html | None:
    """To the same answer as the language model words it; the quotations are never waited for."""
    is_offered = assistant.language_model is not None and answer.wording is None and bool(answer.statements)
    if not is_offered or not request.fits_address:
        return None
    label = wording.SHOW_WORDING.format(model=assistant.language_model)
    address = f"{conversation.address(PATH, request)}&wording=1"
    return element("p", element("a", label, href=address, rel="nofollow"), class_="links")


def _understood(request: Request, answer: Answer) -> Html | None:
    if not answer.understood:
        return None
    chips = [
        element(
            "a",
            term.label + (f" ({wording.INHERITED})" if term.inherited else ""),
            element("span", " ✕", aria_hidden="true"),
            element("span", f" : {wording.REMOVE_TERM.format(label=term.label)}", class_="visually-hidden"),
            href=conversation.address(PATH, conversation.without(request, term.id)),
            class_="chip",
        )
        for term in answer.understood
    ]
    return element("p", element("span", wording.UNDERSTOOD, class_="label"), *_spaced(chips), class_="chips")


def _choices(request: Request, answer: Answer) -> Html | None:
    if not answer.choices:
        return None
    labels = phrasing.told_apart(answer.choices)
    links = [
        element("li", _question_link(Request(choice, documents=request.documents), label))
        for choice, label in zip(answer.choices, labels, strict=True)
    ]
    said = wording.EXAMPLES_OF if answer.outcome == "out_of_scope" else wording.CHOICES
    return join(element("p", said, class_="label"), element("ul", *links, class_="choices"))


def _suggestions(assistant: Assistant, request: Request, answer: Answer) -> Html | None:
    found = suggestions(assistant, answer, request.documents)
    if not found:
        return None
    links = [element("li", _question_link(Request(question, documents=request.documents))) for question in found]
    return join(element("p", wording.SUGGESTIONS, class_="label"), element("ul", *links, class_="choices"))


def _question_link(request: Request, label: str = "") -> Html:
    said = label or request.question
    hint = request.question if said != request.question else None
    return element("a", said, href=conversation.address(PATH, request), title=hint)


def _form(so_far: Sequence[str], documents: frozenset[str]) -> Html:
    """The question box; what was asked so far goes along in hidden fields."""
    return element(
        "form",
        element("label", wording.NEXT_QUESTION if so_far else wording.ASK_LABEL, for_="q"),
        *(element("input", type="hidden", name="after", value=question) for question in so_far),
        *(element("input", type="hidden", name="doc", value=document_id) for document_id in sorted(documents)),
        element(
            "div",
            element("input", type="search", id="q", name="q", required=True, autocomplete="off", enterkeyhint="search"),
            element("button", wording.ASK_SUBMIT, type="submit"),
            class_="box",
        ),
        element("p", element("a", wording.NEW_CONVERSATION, href=PATH)) if so_far else None,
        action=PATH,
        method="get",
        role="search",
    )


def _excerpts(assistant: Assistant) -> CitedExcerpt:
    def find(citation: Citation) -> Excerpt | None:
        return excerpt(assistant.pages(citation.document.id), citation.span)

    return find


def _spaced(parts: list[Html]) -> list[Html | str]:
    return [piece for part in parts for piece in (" ", part)]
