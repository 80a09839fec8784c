"""What a page credits in print: byline elements, lines that begin with a by-word, links to authors' pages, bare names beside the title."""

from collections.abc import Iterator
from itertools import islice

from extractors.article import Origin
from extractors.document import Candidate, Document
from extractors.fields.byline.apart import LONGEST_SITE
from extractors.fields.byline.credit import Credit, Trust, joined
from extractors.fields.byline.names import begins_credit, is_nameless, read_credit, telling, without_by_words
from extractors.fields.byline.person import EDGE, has_given_name, is_caseless, is_domain
from extractors.fields.byline.places import (
    author_links,
    by_lines,
    byline_elements,
    is_dateline,
    is_of_picture,
    is_spoken,
    lines_of,
    near_links,
    near_title,
)
from extractors.fields.byline.weights import candidate_of
from extractors.fields.cleaning import letters
from extractors.fields.spine import spine, title_run
from extractors.fields.words import OTHERS, PARTICLES, ROLES, has_others
from extractors.structured import Facts

__all__ = ["lines", "printed"]

SENTENCE_LIKE = 90  # characters of a line that begins with a by-word and may go on as a sentence: "By following these tips, you ..."
JOINT = 3  # letters that may stand between two names
MOST_TOGETHER = 6
HALF = 0.5
FULL_WORD, MOST_SMALL = 3, 3  # letters of a word in small letters that counts, such words of a line with a date and a name
TOLD, LONG_TOLD = 60, 160  # characters of a byline's line that may be a sentence about the author, that surely is


def printed(document: Document, facts: Facts, title: str | None) -> Iterator[Candidate[Credit]]:
    """Elements whose names say byline: links to authors' pages first, else the names in their lines; then all links together."""
    headline = letters(title or "")
    together: list[Credit] = []
    for element in byline_elements(document, spine(facts, title)):
        texts = [text for text in telling(lines_of(element)) if len(text) < 12 or letters(text) not in headline]
        raw = " ".join(texts)[:300]
        itemprop = "author" in (element.get("itemprop") or "")
        signal = "itemprop" if itemprop else "rel" if "author" in (element.get("rel") or "") else "byline"
        helpers = " ".join(match[0] for text in texts if has_others(text) and (match := OTHERS.search(text)))
        linked = [(text, said) for text, said in dict.fromkeys(author_links(element)) if text not in helpers]
        links = joined(read_credit(text, Trust.DECLARED if said else Trust.CREDITED) for text, said in linked)
        is_word = len(texts) == 1 and " " not in texts[0] and (itemprop or bool(linked) or has_given_name(texts[0]))
        several = [read_credit(text, Trust.CREDITED) if is_word or begins_credit(text) else _unless_told(text) for text in texts]
        credit = joined(several)
        first = next((one for one in several if one.people), credit)
        if first.people != credit.people:
            yield candidate_of(first, raw, Origin.DOM, "byline.line")
        if links.people or links.others:
            together.append(links)
            shown = raw or ", ".join(text for text, _ in linked)  # lines of what is named hidden are not read
            yield candidate_of(links, shown, Origin.DOM, "link" if signal == "byline" else signal)
        elif signal != "byline":
            together.append(credit)
        if credit != Credit() or len(raw) < LONGEST_SITE:
            yield candidate_of(credit, raw, Origin.MICRODATA if itemprop else Origin.DOM, signal)
    if len(together) > 1 and 1 < len((everybody := joined(together)).people) <= MOST_TOGETHER:
        yield candidate_of(everybody, ", ".join(everybody.people), Origin.DOM, "together")


def _unless_told(text: str) -> Credit:
    """The credit of a line; none where its names are the least part of a sentence, as in a biography."""
    if "://" in text:
        return Credit()  # an appeal, an invitation to follow
    credit = read_credit(text)
    names = sum(map(len, (*credit.people, *credit.others, *credit.agencies)))
    if len(text) <= TOLD or names >= HALF * len(text):
        return credit
    if not is_dateline(text):
        return Credit()
    if len(text) <= LONG_TOLD:
        return credit
    return (
        Credit(people=credit.people[:1]) if credit.people and text.startswith(credit.people[0]) else Credit()
    )  # "... In 2012 she wrote «The Bay»"


def lines(document: Document, facts: Facts, title: str | None) -> Iterator[Candidate[Credit]]:
    """Lines of text that begin with a by-word, lines of links to authors' pages, and what stands around the title."""
    place = title_run(facts, title)
    for text in islice(by_lines(document, facts, place), 8):
        credit = read_credit(text, Trust.CREDITED if begins_credit(text) and is_dateline(text) else Trust.PRINTED)
        if credit.people or credit.agencies or len(text) < LONGEST_SITE:
            yield candidate_of(credit, text, Origin.TEXT, "line")
    for text, linked in near_links(document, place):
        links = joined(read_credit(name, Trust.CREDITED) for name in linked) if linked else Credit()
        if links.people and _is_credit(text, links.people):
            yield candidate_of(links, text, Origin.DOM, "link.near")
    yield from _beside(document, facts, place)


def _beside(document: Document, facts: Facts, place: int) -> Iterator[Candidate[Credit]]:
    """Bare names and what begins with a by-word in the lines around the title."""
    for text, why in near_title(document, place):
        if begins_credit(text):
            credit = read_credit(text, Trust.CREDITED)
            if len(text) > SENTENCE_LIKE and not credit.people:
                continue
            yield candidate_of(credit, text, Origin.TEXT, "near.by.bare" if _is_bare(text, credit.people) else "near.by")
            continue
        if is_nameless(text) or is_of_picture(text):
            continue
        credit = read_credit(text)
        if credit.people and _is_credit(text, credit.people) and not any(map(is_caseless, credit.people)):
            if is_spoken(facts, (word for name in credit.people for word in name.split() if word.lower() not in PARTICLES)):
                continue
            given = has_given_name(credit.people[0])
            if not why and not given:
                continue  # of such lines 25 of 30 are headings
            again = sum(1 for run in document.outline.runs if credit.people[0] in run.text) > 1
            signal = "near.opening" if why == "opening" else f"near{'.' * bool(why)}{why}{'.given' * given}{'.again' * again}"
            yield candidate_of(credit, text, Origin.TEXT, signal)


def _is_bare(text: str, people: tuple[str, ...]) -> bool:
    """Whether a line is a by-word and names of which the first begins with a given name, and nothing else."""
    rest = letters(without_by_words(text))
    return (
        bool(people) and " " in people[0] and has_given_name(people[0]) and len(rest) <= sum(len(letters(name)) + JOINT for name in people)
    )


def _is_credit(text: str, people: tuple[str, ...]) -> bool:
    """Whether a line is little but names, or a date with the names before or behind it."""
    if sum(map(len, people)) > HALF * len(text) or (len(text) < TOLD and text.partition(" | ")[0] == people[0]):
        return True
    rest = text[len(people[0]) :].strip(EDGE)
    if text.startswith(people[0]) and rest and (is_domain(rest.lower()) or all(word.strip(EDGE) in ROLES for word in rest.lower().split())):
        return True  # "Jane Doe, journalist", "Jane Doe, harbour.net"
    if sum(word.islower() and len(word) >= FULL_WORD for word in text.split()) > MOST_SMALL:
        return False  # a caption: "Jane Doe was seen at the quay in 2003"
    return is_dateline(text) and (text.startswith(people[0]) or text.endswith(people[-1]))
