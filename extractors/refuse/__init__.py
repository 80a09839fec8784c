"""Pages in place of an article: challenges, consent and login walls, soft 404s, empty shells, and pages that are no article by kind."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

from extractors.document import Document
from extractors.errors import BotChallenge, ConsentWall, EmptyPage, JavascriptRequired, LoginWall, ServerPage, SoftNotFound
from extractors.letters import letters_of
from extractors.refuse.kinds import refuse_kinds

__all__ = ["refuse_bare", "refuse_kinds", "refuse_walls"]

_MOST = 3500  # characters of visible text from which a page is too long for a wall
_MOST_CONSENT = 30_000  # consent pages list their partners, hundreds of them
_SHELL = 400  # and for a shell that scripts would fill
_SCRIPTS = 3  # from which a page without text is one that scripts fill; a blank page may count its visits
_LONG = 80  # characters of a paragraph
_ARTICLE = 3  # paragraphs from which a short page is an article, whatever its headline begins with
_FIRST = 12  # runs at the top that are looked at as headings
_LONGEST_HEADING = 120
_LEAST_TITLE = 12  # letters of a headline; a shorter <h1> is the site's name


@cache
def _walls() -> Mapping[str, Mapping[str, "re.Pattern[str]"]]:
    """The patterns of walls.toml, one a wall and place."""
    table = tomllib.loads((files("extractors.refuse") / "walls.toml").read_text(encoding="utf-8"))
    return {
        wall: {
            place: re.compile("|".join(map(re.escape, texts) if place == "markup" else texts), re.IGNORECASE)
            for place, texts in places.items()
        }
        for wall, places in table.items()
    }


def refuse_walls(document: Document, html: str, *, has_article: bool) -> None:
    """Raise the error that names the wall, where the page is one. `has_article`: its linked data hold an article."""
    runs = document.outline.runs
    size = sum(len(run.text) for run in runs)
    if size > _MOST_CONSENT or has_article:
        return
    headings = [document.title_tag or "", *(run.text for run in runs[:_FIRST] if len(run.text) <= _LONGEST_HEADING)]
    text = "\n".join(run.text for run in runs)
    walls = _walls()
    titled = {wall: _first(places["heading"], headings) for wall, places in walls.items() if "heading" in places}
    if titled["consent_wall"] and walls["consent_wall"]["text"].search(text) and not _is_banner(document, titled["consent_wall"]):
        raise ConsentWall(f"a consent page stands in place of the article: {titled['consent_wall']!r}")
    if size > _MOST or _prose(document) >= _ARTICLE:
        return
    challenge = walls["bot_challenge"]
    if titled["bot_challenge"] or challenge["text"].search(text) or (size < _SHELL and challenge["markup"].search(html)):
        raise BotChallenge(f"a test for browsers stands in place of the article: {_quoted(titled['bot_challenge'], text)}")
    if titled["not_found"]:
        raise SoftNotFound(f"the page says that it does not exist: {titled['not_found']!r}")
    if titled["server_page"]:
        raise ServerPage(f"the page is the server's own: {titled['server_page']!r}")
    if titled["login_wall"] and walls["login_wall"]["markup"].search(html):
        raise LoginWall(f"the page asks to log in: {titled['login_wall']!r}")
    if size < _SHELL:
        _refuse_shell(document, html)


def _is_banner(document: Document, heading: str) -> bool:
    """Whether a consent heading is that of a banner over an article: the page's own title is another one, and it is printed as <h1>."""
    title = letters_of(document.title_tag or "")
    if heading == document.title_tag or not title:
        return False
    printed = (letters_of(run.text) for run in document.outline.runs if document.outline.nodes[run.node].tag == "h1")
    return any(len(key) > _LEAST_TITLE and key in title for key in printed)


def _prose(document: Document) -> int:
    """Paragraphs outside links: a challenge or an error page has one or two."""
    return sum(len(run.text) >= _LONG and run.link * 2 < len(run.text) for run in document.outline.runs)


def _refuse_shell(document: Document, html: str) -> None:
    shell = _walls()["javascript"]
    texts = [run.text for run in document.outline.runs]
    asks = any(shell["text"].search(text) and not shell["comments"].search(text) for text in texts)
    if asks or ("<script" in html and shell["markup"].search(html)):
        raise JavascriptRequired("the page is a shell that scripts would fill; fetching it with a browser may help")
    if not "".join(texts).strip():
        if _holds_scripts(document):
            raise JavascriptRequired("the page shows no text and holds scripts that may; fetching it with a browser may help")
        raise EmptyPage("the page shows no text")


def refuse_bare(document: Document, *, has_article: bool) -> None:
    """Raise JavascriptRequired for a page of which no text of an article is left although it says that it is one, and holds scripts.

    `has_article`: its linked data hold an article.
    """
    declared = has_article or "article" in document.metas("og:type")
    if declared and _holds_scripts(document):
        raise JavascriptRequired("the page holds no text of the article that it tells of; fetching it with a browser may help")


def _holds_scripts(document: Document) -> bool:
    """Whether scripts may fill the page: it holds several."""
    return sum(1 for _ in islice(document.root.iter("script"), _SCRIPTS)) == _SCRIPTS


def _first(pattern: "re.Pattern[str]", headings: Sequence[str]) -> str | None:
    return next((heading for heading in headings if heading and pattern.search(heading)), None)


def _quoted(heading: str | None, text: str) -> str:
    return repr(heading or text[:80])
