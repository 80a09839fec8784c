"""Who signed a text: a name alone in an emphasised line below its end, in brackets there in Japanese; a reporter in Chinese and Korean."""

import re
from collections.abc import Iterator

from extractors.article import Origin
from extractors.document import Candidate, Document
from extractors.fields.byline.credit import Credit, Trust
from extractors.fields.byline.names import read_credit
from extractors.fields.byline.person import has_given_name, is_caseless
from extractors.fields.byline.weights import candidate_of
from extractors.fields.cleaning import letters
from extractors.fields.survey import HEADINGS
from extractors.fields.words import AGENCIES, DESKS, GLUED, MEDIA, NOBODY
from extractors.outline import Node, Outline
from extractors.runs import Run

__all__ = ["signatures"]

LEAST, MOST = 6, 60  # characters of a name
PARAGRAPH = 80  # characters of the paragraph above at least
# "...という。（高橋健太）", "...した。【高橋健太、林美咲】": Japanese papers sign so. Kana in the paragraph tell it from Chinese.
_SIGNED = re.compile(r"[。」』！？][\s　]*[（(【]([\u3005\u4e00-\u9fff]{3,6}(?:[、，・　 ]{1,2}[\u3005\u4e00-\u9fff]{3,6}){0,4})[】)）]$")
_CLOSING = frozenset("】)）")
_KANA = re.compile("[\u3041-\u3096]")
SIGNED = 30  # characters of such a paragraph at least
# "홍길순 기자 gilsun@example.org", "[보리=보리일보] 홍길순·김하늘 기자": Korean papers sign so.
_KOREAN = re.compile(
    r"(?:^|[\]】)=/]\s?)((?:[가-힣]{2,4}[·,]\s?){0,4}[가-힣]{2,4})\s?(?:선임|수습|인턴|객원|전문)?기자(?=\s*(?:$|=|[\w.+-]+@|[/|(\[]))|^((?:[가-힣]{2,4}[·,]\s?){0,4}[가-힣]{2,4})\s(?:기자|특파원)\s*(?:[\w.+-]+@\S+)?$"
)
# "新华社北京12月9日电（记者陈静、李明）", "本报讯（通讯员 陈静）": Chinese stories open so; "采写：港口日报记者 陈静" stands at their end.
_CHINESE = re.compile(
    r"[电電讯訊]\s*[（(][\u4e00-\u9fff]{0,8}(?:记者|記者|通讯员|通訊員)[\s:：]*([\u4e00-\u9fff·]{2,8}(?:[、，\s]{1,2}[\u4e00-\u9fff·]{2,8}){0,5})[）)]"
)
_WRITTEN = re.compile(r"\s*(?:采写|撰文|作者|执笔|文字|採訪|撰稿|文)\s*[：:／/|丨]")
_OPENING, _OPENED = 60, 12  # characters of a story's opening, paragraphs among which it is
_CLOSED = 60  # characters of a line that tells who wrote it


def signatures(document: Document) -> Iterator[Candidate[Credit]]:
    """The credit of the last line below a paragraph that is a name with a known given name, emphasised or set to the right.

    Of scripts without capitals there is no list that tells a name from a sub-heading or a caption: there nobody signs without a by-word,
    but Japanese papers' reporters do in brackets.
    """
    outline = document.outline
    if asian := _reported(outline):
        yield candidate_of(Credit(people=asian), "、".join(asian), Origin.TEXT, "signature")
        return
    for place in range(len(outline.runs) - 1, 0, -1):
        run = outline.runs[place]
        if run.text[-1:] in _CLOSING and (signed := _bracketed(run.text)):
            yield candidate_of(Credit(people=signed), "、".join(signed), Origin.TEXT, "signature")
            return
        if LEAST <= len(run.text) < MOST and _is_below(outline, place) and (_is_emphasised(run) or _is_right(outline.nodes[run.node])):
            credit = read_credit(run.text)
            named = bool(credit.people) and has_given_name(credit.people[0]) and not is_caseless(credit.people[0])
            if named and sum(map(len, credit.people)) > len(run.text) - LEAST:
                yield candidate_of(credit, run.text, Origin.TEXT, "signature")
                return


def _reported(outline: Outline) -> tuple[str, ...]:
    """The reporters whom a Chinese or Korean story names in its opening or in a line of its own."""
    prose = [run.text for run in outline.runs if not run.text.isascii() and len(run.text) >= SIGNED and not run.link]
    for text in prose[:_OPENED]:
        if found := _CHINESE.search(text[:_OPENING]):
            return tuple(GLUED.sub("", name) for name in re.split(r"[、，\s]+", found[1]) if not name.endswith(DESKS))
    for run in outline.runs:
        if run.text.isascii() or run.link * 2 > len(run.text):
            continue
        if found := _KOREAN.search(run.text[:_OPENING]) if "기자" in run.text[:_OPENING] or "특파원" in run.text[:_OPENING] else None:
            return tuple(re.split(r"[·,]\s?", found[1] or found[2]))
        if (
            len(run.text) <= _CLOSED
            and _WRITTEN.match(run.text)
            and (people := read_credit(GLUED.sub("", run.text), Trust.CREDITED).people)
        ):
            return people
    return ()


def _bracketed(text: str) -> tuple[str, ...]:
    """The names in brackets behind the last sentence of a Japanese paragraph; none where one of them is an agency, a desk or a remark."""
    found = _SIGNED.search(text[-SIGNED * 2 :]) if len(text) >= SIGNED and _KANA.search(text) else None
    names = tuple(re.split("[、，・　 ]+", found[1])) if found else ()
    return () if any(letters(name) in NOBODY or letters(name) in AGENCIES or name.endswith((*DESKS, *MEDIA)) for name in names) else names


def _is_below(outline: Outline, place: int) -> bool:
    """Whether a run stands below a paragraph in the same block and above none but notes."""
    runs, nodes = outline.runs, outline.nodes
    block = nodes[runs[place].node].parent
    above, below = runs[place - 1], runs[place + 1 : place + 2]
    if nodes[runs[place].node].tag in HEADINGS or len(above.text) <= PARAGRAPH or nodes[above.node].parent != block:
        return False
    return not any(len(run.text) > PARAGRAPH and nodes[run.node].parent == block and run.text[0].isalpha() for run in below)


def _is_emphasised(run: Run) -> bool:
    return not run.link and max(run.bold, run.italic) >= len(run.text) - 1


def _is_right(node: Node) -> bool:
    return "right" in f"{node.element.get('align')} {node.element.get('style')}"
