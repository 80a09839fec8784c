"""Where a page credits its authors in print: byline elements, author links, lines that begin with a by-word."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from lxml.etree import _Element as Element

from extractors.document import Document
from extractors.fields.byline.names import without_by_words
from extractors.fields.byline.person import has_given_name, is_full_name
from extractors.fields.byline.sides import sides_parted
from extractors.fields.cleaning import clean, letters
from extractors.fields.survey import HEADINGS, sentences, telling_lines
from extractors.fields.words import BEFORE, BY_WORDS, HUMPED, HUMPS, INSIDE, OPENING, OTHER_WORDS, PICTURES, WITHIN, has_within
from extractors.marks import Mark, marks_of
from extractors.outline import Node, Outline
from extractors.runs import Run
from extractors.structured import Facts

__all__ = [
    "author_links",
    "by_lines",
    "byline_elements",
    "is_dateline",
    "is_of_picture",
    "is_spoken",
    "lines_of",
    "near_links",
    "near_title",
]

MOST_ELEMENTS, MOST_MARKED = 12, 60  # outermost byline elements that are read: later ones belong to teasers and comments
MOST_LINES, MOST_CHARACTERS = 40, 1_500
LONGEST_LINE = 160  # of a credit; one that is mostly links to its authors may be longer
LONGEST_LINKED = 600
MANY_LINKS = 2
_LISTED = 0.8  # share of a line in links to other pages than authors' that makes it a list of them
MOST_ENTRIES, MOST_ANCESTORS, _AROUND = 8, 12, 4  # of a list of authors; elements around a block
BEHIND, AHEAD = 8, 4  # runs around the title in which a bare name is a credit
_BELOW_TITLE = 2  # and behind it in which a heading is one as any line
PARAGRAPH, MOST_PARAGRAPHS = 300, 1  # characters of a paragraph; one, a long standfirst, may stand between title and credit
_TOLD, _PROSE = 2, 120  # paragraphs behind the title, and characters of one, from which on a heading ends what is beside it
_SECTIONS = HEADINGS - {"h1"}
OPENED = 80  # characters of a text's first paragraph at least
_NO_LINE = HEADINGS | {"figcaption", "button", "th", "td", "nav"}
_AUTHORED = re.compile("author|autor|auteur|byline|writer", re.IGNORECASE)
_NOTE = re.compile(r"(?:[a-z]+-)*fn[-:_]?\d")  # a footnote's id: "fn1", "user-content-fn-1"
_DIGIT, _NUMBERED = re.compile(r"\d"), re.compile(r"(?!.{90}.*[.!?…”]\Z)\D*\d")  # a long line with a sentence's end is prose
_WORD = re.compile(r"\w[\w-]*|©")
_DATE = re.compile(r"\b(?:(?:19|20)\d\d\b|\d{1,2}[./:]\d\d\b|\d{1,2}\. \w+ \d{2,4}\b)|, (?:19|20)\d\d")

# Plain numbers: an IntFlag's own & costs twenty times a number's.
FURNITURE = int(Mark.RELATED | Mark.COMMENTS | Mark.SIDEBAR | Mark.CAPTION | Mark.AD | Mark.NEWSLETTER | Mark.CONSENT | Mark.BREADCRUMB)
_BYLINE, _HIDDEN = int(Mark.BYLINE), int(Mark.HIDDEN)
_CAPTION, _FOREIGN = int(Mark.CAPTION), int(Mark.RELATED | Mark.COMMENTS | Mark.CAPTION | Mark.AD)
_FOOTER, _FILED = int(Mark.FOOTER), int(Mark.TAGS | Mark.SECTION)
_NO_BYLINE = frozenset({"meta", "img", "picture", "input", "html", "body", "nav", "aside", "figure", "figcaption", "form", "blockquote"})
_FURNISHED = frozenset({"nav", "aside", "figure", "figcaption", "form", "blockquote"})
_BLOCK = frozenset("div p li ul ol h1 h2 h3 h4 h5 h6 section header footer article dd dt dl table tr td br figure address aside".split())
_SILENT = frozenset("script style svg button img picture noscript template select form input textarea time iframe".split())
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autore?n?|autor[ae]?s?|autore[si]?|auteurs?|by|staff|people|person|profile?s?|contributors?|writers?|reporters?|journalists?|journalist[ae]s?|redakteur\w*|redaktion"
    r"|redactor\w*|firmas?|columnistas?|colaboradores|av|skribent|forfatter|toimittaja|kirjoittaja|avtor\w*|yazar\w*|penulis|about/newsteam|team|bio|experts?|user|users|members?|mywf|autor[iz]\w*|tac-gia|szerzok?|verslaggevers?|dziennikarz\w*|zurnalist\w*|journaliste?n?|novinar\w*|jornalistas?|giornalisti|firmes|wartawan|arthrografo[is]|redaktor\w*)/[^?#]{2,}",
    re.IGNORECASE,
)


def byline_elements(document: Document, around: frozenset[Element]) -> Iterator[Element]:
    """The outermost elements whose names say byline, outside furniture, in page order; of a meta line, the bylines inside it.

    `around`: the elements that hold the title, which are no furniture whatever they are called.
    """
    found = list(islice((element for flags, element in document.outline.marked if _is_byline(flags, element)), MOST_MARKED))
    named = set(found)
    holders = {above for element in found for above in element.iterancestors() if above in named and "meta" in (above.get("class") or "")}
    taken: set[Element] = set()
    parted = any(above.tag == "article" for above in around)
    for element in found:
        if element not in holders and not _is_within(element, taken, around) and not (parted and _is_elsewhere(element, around)):
            taken.add(element)
            yield element
            if len(taken) >= MOST_ELEMENTS:
                break


def _is_byline(flags: int, element: Element) -> bool:
    if not flags & _BYLINE or flags & _FOREIGN or element.tag in _NO_BYLINE:
        return False
    if flags & _FILED and not _AUTHORED.search(f"{element.get('class')} {element.get('id')}"):
        return False  # "post-meta-categories"
    return not _NOTE.match(element.get("id") or "") or bool(marks_of(element.get("class") or "") & _BYLINE)


def _is_within(element: Element, taken: set[Element], around: frozenset[Element]) -> bool:
    """Whether an element stands in one that was taken, or in furniture; the foot of an <article> is none."""
    footed = False
    for step, above in enumerate(element.iterancestors()):
        if above in around:
            return footed and above.tag != "article" and next(above.iterancestors("article"), None) is None
        if above in taken or above.tag in _FURNISHED:
            return True
        if above.tag == "article":
            footed = False
        elif step < MOST_ANCESTORS:
            marks = marks_of(above.get("class") or "")
            footed = footed or above.tag == "footer" or bool(marks & _FOOTER)
            if marks & FURNITURE:
                return True
    return footed


def _is_elsewhere(element: Element, around: frozenset[Element]) -> bool:
    """Whether the <article> that an element stands in is not the title's: then it is a teaser, or a comment."""
    within = next(element.iterancestors("article"), None)
    return within is not None and within not in around


def author_links(element: Element) -> Iterator[tuple[str, bool]]:
    """(words, whether rel="author" says so) of the links inside `element` that lead to an author's page."""
    for link in element.iter("a"):
        said = "author" in (link.get("rel") or "").lower()
        if (said or _AUTHOR_PATH.search(link.get("href") or "")) and (lines := lines_of(link)):
            yield (lines[0] if " " in lines[0] else " ".join(lines)), said


def lines_of(element: Element) -> list[str]:
    """The text of an element, a line for each block and each link that stands directly beside another."""
    parts: list[str] = []
    _gather(element, parts, 0)
    lines = (clean(line) for line in "".join(parts)[:MOST_CHARACTERS].split("\n"))
    return [line for line in lines if line][:MOST_LINES]


def _gather(element: Element, parts: list[str], depth: int) -> None:
    if element.text:
        parts.append(element.text.replace("\n", " "))
    for child in element:
        block = child.tag in _BLOCK
        if block or (child.tag == "a" and parts and not parts[-1].strip() and len(parts) > 1):
            parts.append("\n")
        elif next((part[-1] for part in reversed(parts) if part), " ").isalnum():
            parts.append(" ")
        if (
            child.tag not in _SILENT
            and "tag" not in (child.get("rel") or "")
            and depth < 30
            and not marks_of(child.get("class") or "") & _HIDDEN
        ):
            _gather(child, parts, depth + 1)
        if block:
            parts.append("\n")
        if child.tail:
            glued = child.tail[:1].isupper() and parts and parts[-1][-1:].islower()
            parts.append((" " if glued else "") + child.tail.replace("\n", " "))
        if child.tag == "a" and not (child.tail or "").strip():
            parts.append("")


def by_lines(document: Document, facts: Facts, place: int) -> Iterator[str]:
    """The short runs that begin with a by-word or stand below one, in page order; around the title also those that hold one and a date."""
    runs = document.outline.runs
    opened = telling_lines(facts).credits
    around = range(max(place - AHEAD + 1, 0), min(place + BEHIND, len(runs)))
    for index in sorted({*opened, *around}):
        run = runs[index]
        if len(run.text) >= LONGEST_LINKED:
            continue
        text = sides_parted(run, document.outline.nodes[run.node])
        if text.rstrip(" :：").casefold() in BY_WORDS and _may_be_names(below := _below(document.outline, index)):
            text = f"{text} {below}"
        if not 5 < len(text) < (LONGEST_LINKED if run.links > MANY_LINKS and run.link * 2 > len(text) else LONGEST_LINE):
            continue
        word = text.partition(" ")[0]
        opens = (word in OPENING or word[:2] in HUMPS) and (BEFORE.match(text) or HUMPED.match(text))
        is_menu = opens and index <= place - AHEAD and not has_given_name(without_by_words(text))  # "By use case"
        if is_menu or (opens and _heads_text(document, index, place)):
            continue
        if not opens and index in around and not text.isascii() and (inside := INSIDE.search(text)):
            yield text[inside.start() : inside.end("names")].lstrip(" |｜")
        elif opens or (index in around and _NUMBERED.match(text) and has_within(text) and WITHIN.search(text)):
            yield text


def _below(outline: Outline, place: int) -> str:
    """The run behind another; of a list, the entries that may be names."""
    runs, nodes = outline.runs, outline.nodes
    following = runs[place + 1 : place + 1 + MOST_ENTRIES]
    if not following or nodes[following[0].node].tag != "li":
        return following[0].text if following else ""
    listed = nodes[following[0].node].parent
    return ", ".join(run.text for run in takewhile(lambda run: nodes[run.node].parent == listed and _may_be_names(run.text), following))


def _may_be_names(text: str) -> bool:
    """Whether a line below a by-word may be names of two words: half of its words or more are not written in small letters."""
    words = text[:LONGEST_LINKED].split()
    return len(words) > 1 and 2 * sum(word[0].islower() for word in words) <= len(words)


def near_links(document: Document, place: int) -> Iterator[tuple[str, list[str]]]:
    """(text, words of its links to authors' pages) of the short runs behind the title that are mostly links, whatever they are called."""
    runs, nodes = document.outline.runs, document.outline.nodes
    for run in runs[place + 1 : place + 1 + BEHIND] if place >= 0 else ():
        if run.links and len(run.text) < LONGEST_LINE:
            links = islice(author_links(nodes[run.node].element), MOST_ENTRIES)
            linked = [words for words, _ in links if words in run.text]
            if run.link * 2 > len(run.text):
                yield run.text, linked
            elif len(linked) == 1 and run.text.startswith(linked[0]) and is_full_name(linked[0]) and not _is_marked(nodes[run.node]):
                yield linked[0], linked  # what she is, or a date, stands behind it


def _is_marked(node: Node) -> bool:
    """Whether a block, or an element in or close around it, is named a byline: what stands there is read as such."""
    around = (*islice(node.element.iter(), MOST_ANCESTORS), *islice(node.element.iterancestors(), _AROUND))
    return any(marks_of(above.get("class") or "") & _BYLINE for above in around)


def near_title(document: Document, place: int) -> Iterator[tuple[str, str]]:
    """(text, why it may be a credit) of the short runs around the title, nearest first behind it, then before it.

    Why: "dated", a date stands in it or beside it; "opening", it is a bold line over a paragraph; or "".
    """
    runs, nodes = document.outline.runs, document.outline.nodes
    if place < 0:
        return
    title = letters(runs[place].text)
    long = 0
    for index in (*_behind(document.outline, place), *range(place - 1, max(place - 1 - AHEAD, -1), -1)):
        run = runs[index]
        word = runs[index - 1].text.rstrip(" :：").casefold() if index != place + 1 else ""
        if word in OTHER_WORDS:
            continue
        if word in BY_WORDS and 4 < len(run.text) < 90:
            yield f"{word} {_below(document.outline, index - 1) or run.text}", "dated"
        elif 4 < len(run.text) < 90 and letters(run.text) not in title and _may_credit(run, nodes[run.node]):
            beside = " ".join(runs[other].text[:60] for other in range(max(index - 1, 0), min(index + 3, len(runs))))
            why = "opening" if index > place and _opens(runs, place, index) else "dated" if is_dateline(beside) else ""
            if why or index > place:  # over the title, of undated lines 1 of 20 is a credit
                yield sides_parted(run, nodes[run.node]), why
        elif run.text.partition(" ")[0] in OPENING and len(run.text) < LONGEST_LINE and not _heads_text(document, index, place):
            yield run.text, ""
        elif len(run.text) > PARAGRAPH:
            long += 1
            if long > MOST_PARAGRAPHS:
                break


def _heads_text(document: Document, index: int, place: int) -> bool:
    """Whether a heading inside the text begins like a credit: "Vom Fang zum Fest", "By size". On 8 gold sites one does; none is one."""
    run = document.outline.runs[index]
    is_apart = document.outline.nodes[run.node].tag in _SECTIONS and not place < index <= place + _BELOW_TITLE
    words = BEFORE.match(run.text) if is_apart else None
    name = without_by_words(run.text) if words and len(words[0].split()) == 1 and run.text[words.end() :] else ""
    return bool(name) and not (has_given_name(name) and (" " in name or name.isascii() or name[0] > "\u2e7f"))  # Han, Hangul


def _may_credit(run: Run, node: Node) -> bool:
    """Whether a line may name who wrote: no heading, caption, trail or list of topics, links to other pages than authors'."""
    is_list = run.links > 1 and run.link >= _LISTED * len(run.text)
    return node.tag not in _NO_LINE and not node.marks & _CAPTION and not (is_list and next(author_links(node.element), None) is None)


def _behind(outline: Outline, place: int) -> Iterator[int]:
    """The places behind the title that are still beside it: a heading behind several paragraphs begins something else, as comments."""
    told = 0
    for index in range(place + 1, min(place + 1 + BEHIND, len(outline.runs))):
        run = outline.runs[index]
        if told >= _TOLD and outline.nodes[run.node].tag in _SECTIONS:
            return
        told += len(run.text) >= _PROSE
        yield index


def _opens(runs: list[Run], title: int, place: int) -> bool:
    """Whether a run is a bold line over the first paragraph, which is not bold."""
    run, below = runs[place], runs[min(place + 1, len(runs) - 1)]
    is_bold = run.bold + 2 > len(run.text) and below.bold * 2 < len(below.text)
    return is_bold and len(below.text) > OPENED and all(len(other.text) < OPENED for other in runs[title + 1 : place])


def is_dateline(text: str) -> bool:
    """Whether a line holds a date."""
    return bool(_DIGIT.search(text) and _DATE.search(text))


def is_of_picture(text: str) -> bool:
    """Whether a line says whose a picture is."""
    return not PICTURES.isdisjoint(_WORD.findall(text.lower()))


def is_spoken(facts: Facts, words: Iterable[str]) -> bool:
    """Whether the page's sentences write one of the words in small letters: a line made of such words is no name."""
    text = sentences(facts)
    return any(f" {word.lower()} " in text for word in words)
