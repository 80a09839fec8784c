"""Where a page files its article in print: tag links, category links, tag lists, breadcrumbs, labelled lines."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element as Element

from extractors.article import Origin
from extractors.document import Document
from extractors.fields.survey import HEADINGS, telling_lines
from extractors.fields.taxonomy.categories import CATEGORY_PAGE, MOST_CATEGORIES, link_words
from extractors.inline import text_of
from extractors.labels import bare_label, label_list, split_values
from extractors.marks import Mark, marks_of
from extractors.outline import KEYED
from extractors.structured import Facts
from extractors.urls import host_of

__all__ = ["breadcrumbs", "labelled_lines", "path_lists", "tag_links", "tag_lists"]

MOST_LINKS = 30  # in one tag list; more is a tag cloud
MOST_LISTS = 6
LONGEST_TAG = 30  # characters of one that is no link
MOST_CRUMBS = 12  # links in a breadcrumb; what is named for one and holds more is the page around it
MOST_ASKED = 4  # links of a block that are asked whether they leave the site
LEAST_LISTED = 0.4  # of the text of an element that is named for tags, in links
LONGEST_LINE = 200  # characters of a label with its values
LINKED = 0.8  # of a line's characters in links
_KEYS = sorted(KEYED - {"role"})  # a role tells of menus and searches, not of what a list holds
_AWAY = int(Mark.NAVIGATION | Mark.FOOTER | Mark.SIDEBAR | Mark.RELATED | Mark.COMMENTS | Mark.SHARE | Mark.AD | Mark.CONSENT)
_APART = int(Mark.SIDEBAR | Mark.RELATED | Mark.COMMENTS | Mark.NAVIGATION)
_TAGS = int(Mark.TAGS)
_BREADCRUMB = int(Mark.BREADCRUMB)
_FILED = int(Mark.TAGS | Mark.SECTION)  # what rel="tag" and rel="category" themselves mark
_ARCHIVES = frozenset({"web.archive.org", "archive.org"})
_NO_LIST = frozenset({"body", "html", "article", "main", "label", "input", "meta", "a", "h2", "h3"})
_CLOUD = re.compile("cloud|trend|popular|hot-?topics|in-?the-?news|search", re.IGNORECASE)
# Words that also name a form's labels, a style's theme and a menu of topics speak of tags where the name is little else.
_TELLING = re.compile(
    r"tag|keyword|schlagw|etiquet|(?<!has-)(?:labels|themes)|(?<!hot)(?<!hot[-_])topics?|(?<![\w-])(?:label|theme)(?:[-_]?(?:list|links?|box))?(?![\w-])",
    re.IGNORECASE,
)
_TAG_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|thema|themes?|etiquetas?|temas?|keywords?|schlagwort\w*|sujets?|mots?-cles?|tema|emner?|amnen?|ämne"
    r"|onderwerp\w*|dossiers?|tagi|stichwort\w*|argomenti|label)[/=]|[?&](?:tags?|topic|q)=|/search/label/",
    re.IGNORECASE,
)
# Addresses of tags' pages on the site itself; ?tag= also marks what shops pay for.
_TAG_PAGE = re.compile(_TAG_PATH.pattern.partition("|[?&]")[0], re.IGNORECASE)
_COUNT = re.compile(r"\s*\(\d+[^()]{0,12}\)$")
_WRAPS = frozenset({"li", "span", "p", "div"})
MOST_WRAPS = 5  # elements around a link alone
MOST_BLOCKS = 60  # with links to tags' pages; behind them come lists of other stories
LEAST_WORDS = 0.6  # of a block's letters, in the links of a list
_ASIDE = int(Mark.NAVIGATION | Mark.SIDEBAR | Mark.RELATED | Mark.COMMENTS | Mark.CONSENT | Mark.AD)
_REMARK = re.compile(
    r"[\s|•·,]*(?:\d+\s+(?:comments?|kommentare?|commentaires?|comentarios?|commenti|reacties?)\b"
    r"|(?:hinterlasse|leave|kommentare|comments?|neuen kommentar|tags?:|tagged:?)\b).*$",
    re.IGNORECASE,
)
_SHALLOW = 6  # elements around what is the page's foot
_ROOM = frozenset({"nav", "footer", "aside", "header"})


def tag_links(document: Document, around: frozenset[Element]) -> tuple[list[str], list[str]]:
    """The words of the links with rel="tag" or class="p-category" outside tag clouds, and of those with rel="category", in page order.

    WordPress writes rel="tag" for both: there the address of a category's page tells, on 30 of the gold pages.
    """
    tags: list[Element] = []
    categories: list[Element] = []
    for flags, element in document.outline.marked:
        if flags & _FILED and element.tag == "a" and {"tag", "category"} & set(rel := _filed(element)) and not _away(element, around):
            (categories if "category" in rel or CATEGORY_PAGE.search(element.get("href") or "") else tags).append(element)
    return (link_words(tags) if len(tags) <= MOST_LINKS else []), (link_words(categories) if len(categories) <= MOST_CATEGORIES else [])


def tag_lists(document: Document, around: frozenset[Element]) -> Iterator[list[str]]:
    """The link words of elements whose names say tags: those first whose links lead to tags' pages, of the rest the last.

    Of the rest those that are no links come first, at the end lists of two or more in a menu or a margin of the article itself.
    """
    host = host_of(document.url)
    taken: set[Element] = set()
    plain: list[list[str]] = []
    aside: list[list[str]] = []
    bare: list[list[str]] = []
    for element in _named_tags(document):
        if taken and any(above in taken for above in element.iterancestors()):
            continue
        if (words := _unlinked(element)) and not _away(element, around):
            taken.add(element)
            bare.append(words)
            continue
        every = list(islice((link for link in element.iter("a") if link.get("href")), MOST_LINKS + 1))
        links = [link for link in every if not _leaves(link, host)]
        if len(every) > MOST_LINKS or not links or len(links) * 2 < len(every):
            continue
        away = _away(element, around)
        if away and (len(links) < 2 or not _is_own(element, around)):
            continue
        tagged = [link for link in links if _TAG_PATH.search(link.get("href") or "") or "tag" in _rel(link)]
        words = link_words(tagged or links)
        if not tagged and sum(map(len, words)) < LEAST_LISTED * len(text_of(element)):
            continue  # a text with links in it
        if words and sum(map(len, words)) <= 25 * len(words):
            taken.add(element)
            if tagged and not away:
                yield words
            else:
                (aside if away else plain).append(words)
        if len(taken) >= MOST_LISTS:
            break
    yield from bare
    yield from reversed(plain)
    yield from aside


def _unlinked(element: Element) -> list[str]:
    """The words of the children of an element that holds several, all of one kind and short, and neither links nor text beside them."""
    children = list(islice(element, MOST_LINKS + 1))
    if not 1 < len(children) <= MOST_LINKS or len({(child.tag, child.get("class")) for child in children}) > 1:
        return []
    texts = [text_of(child) for child in children]
    beside = [element.text, *(child.tail for child in children)]
    short = all(0 < len(text) <= LONGEST_TAG for text in texts) and not any(text and text.strip(" ,\n\t") for text in beside)
    return texts if short and next(element.iter("a", "svg", "img", "i"), None) is None else []


def _named_tags(document: Document) -> Iterator[Element]:
    """The elements that are named for tags and little else."""
    for flags, element in document.outline.marked:
        if flags & _TAGS and not flags & _AWAY and element.tag not in _NO_LIST:
            names = " ".join(filter(None, map(element.get, _KEYS)))
            if not _CLOUD.search(names) and ("tag" in names.lower() or _TELLING.search(names)):
                yield element


def path_lists(document: Document, around: frozenset[Element]) -> Iterator[list[str]]:
    """The link words of blocks that hold nothing but links to tags' pages, told by their addresses alone; two or more."""
    groups: dict[Element, list[Element]] = {}
    if not _TAG_PAGE.search("\n".join(address for address, _ in document.outline.links)):  # one look spares most pages many
        return
    for address, link in document.outline.links:
        if _TAG_PAGE.search(address):
            groups.setdefault(_block(link), []).append(link)
    for block, links in islice(groups.items(), MOST_BLOCKS):
        words = [_COUNT.sub("", word) for word in link_words(links)]
        if not 1 < len(words) <= MOST_LINKS or _away(links[0], around) or any(link not in links for link in block.iter("a")):
            continue
        if sum(map(len, words)) > LEAST_WORDS * len("".join("".join(block.itertext()).split())):
            yield words


def _block(link: Element) -> Element:
    """The nearest block that holds more than a link and what is wrapped around it alone."""
    inner = link
    for above in islice(link.iterancestors(), MOST_WRAPS):
        if inner.getnext() is not None or inner.getprevious() is not None or above.tag not in _WRAPS:
            return above
        inner = above
    return inner


def labelled_lines(document: Document, facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """(list, values) of the short lines that open with a label of the table; a bare label takes the linked lines behind it."""
    runs = document.outline.runs
    known: dict[int, bool] = {}
    for place in telling_lines(facts).labels:
        run = runs[place]
        found = label_list(run.text) if len(run.text) <= LONGEST_LINE else None
        if found is None and run.links > 1 and (bare := bare_label(run.text)) and run.link >= LINKED * len(bare[1]):
            found = bare
        if found is None or _aside(document, run.node, known):
            continue
        if run.link >= LINKED * len(run.text) and document.outline.nodes[run.node].tag in HEADINGS:  # another story's headline
            continue
        field, rest = found
        rest = _REMARK.sub("", rest)
        if rest and (run.links < 2 or len(split_values(rest)) * 2 > run.links):
            yield field, list(split_values(rest))
            continue
        values = _links_in(document.outline.nodes[run.node].element, rest) if rest else _linked_lines(document, place + 1)
        if values:
            yield field, values


def _links_in(element: Element, text: str) -> list[str]:
    """The words of the links that a text is made of, though nothing but spaces parts them."""
    words = [word for word in link_words(islice(element.iter("a"), MOST_LINKS)) if word in text]
    return words if sum(map(len, words)) >= LINKED * len(text.replace(" ", "")) else []


def _linked_lines(document: Document, start: int) -> list[str]:
    """The lines from `start` on that are nothing but a short link, as far as they stand together."""
    values = []
    host, nodes = host_of(document.url), document.outline.nodes
    for run in document.outline.runs[start : start + 13]:
        if not run.links or run.link < LINKED * len(run.text) or len(run.text) > 60 or ":" in run.text or "：" in run.text:
            break  # what another label opens, as "上一則：", is no value
        if all(_leaves(link, host) for link in islice(nodes[run.node].element.iter("a"), MOST_ASKED)):
            break
        values.append(run.text)
    return values


def _aside(document: Document, node: int, known: dict[int, bool]) -> bool:
    """Whether a block stands in a menu, a margin or the page's foot; the foot of an <article> is none. `known`: what was found."""
    passed = []
    foot = False
    for place, own in document.outline.upwards(node):
        if not foot:
            if place in known:
                foot = known[place]
                break
            passed.append(place)
        if own.tag in {"nav", "aside"} or own.marks & _ASIDE:
            foot = True
            break
        foot = own.tag != "article" and (foot or (own.tag == "footer" and own.depth < _SHALLOW))
    known.update(dict.fromkeys(passed, foot))
    return foot


def breadcrumbs(document: Document, facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """(origin, names) of the linked data's BreadcrumbList and of the first breadcrumb element, front page first where it is named."""
    for node in facts.typed("BreadcrumbList"):
        names = [
            name for item in facts.graph.values(node, "itemListElement") if isinstance(item, dict) and (name := _item_name(item, facts))
        ]
        if names:
            yield Origin.JSONLD, names[1:] if len(names) > 1 else []
            break
    host = host_of(document.url)
    for element in (element for flags, element in document.outline.marked if flags & _BREADCRUMB):
        links = list(islice(element.iter("a"), MOST_CRUMBS + 1))
        words = link_words(link for link in links if not _leaves(link, host)) if len(links) <= MOST_CRUMBS else []
        if words:
            yield Origin.DOM, words[1:] if len(words) > 1 else words
            break


def _item_name(item: dict[str, object], facts: Facts) -> str:
    name = next(facts.graph.texts(item, "name"), "") or next(facts.graph.texts(item, "item"), "")
    return "" if name.startswith(("http", "/")) else name


def _away(element: Element, around: frozenset[Element]) -> bool:
    """Whether an element stands in a menu, a margin or a list of other stories; `around`, the title's own blocks, are none of these."""
    own = element.get("class") or ""
    if _CLOUD.search(own):
        return True
    for step, above in enumerate(element.iterancestors()):
        if above in around:
            return False
        if above.tag in _ROOM and above.tag != "header":
            return above.tag != "footer" or not any(higher.tag == "article" for higher in above.iterancestors())
        if step < 8 and above.tag not in {"article", "main", "body"}:
            names = above.get("class") or ""
            if names and (marks_of(names) & _APART or _CLOUD.search(names)):
                return True
    return False


def _leaves(link: Element, host: str | None) -> bool:
    """Whether a link leads away from the site or nowhere: to a network, to a mail's address, to a script."""
    href = (link.get("href") or "").strip().lower()
    if href.startswith(("javascript:", "mailto:", "tel:")):
        return True
    if host is None or not href.startswith(("http:", "https:", "//")):
        return False
    other = host_of(f"https:{href}" if href.startswith("//") else href)
    return other is not None and other.split(".")[-2:-1] != host.split(".")[-2:-1] and not {other, host} & _ARCHIVES


def _is_own(element: Element, around: frozenset[Element]) -> bool:
    """Whether a menu or a margin belongs to the article that holds the title, and is no list of other stories."""
    for above in element.iterancestors():
        if above in around:
            return any(higher.tag == "article" for higher in (above, *above.iterancestors()))
        if above.tag in {"footer", "article"} or marks_of(above.get("class") or "") & _APART:
            return False
    return False


def _filed(element: Element) -> list[str]:
    """The rel of a link, with "tag" where microformats file an entry by it."""
    return [*_rel(element), *(["tag"] if "p-category" in (element.get("class") or "").split() else [])]


def _rel(element: Element) -> list[str]:
    return (element.get("rel") or "").lower().split()
