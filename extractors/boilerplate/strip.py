"""The pass over an article's pieces: what its rules, its place and its neighbours say is no part of the article goes, with the reason."""

from collections.abc import Sequence

from extractors.article import UNCLASSIFIED, BlockType
from extractors.boilerplate.copies import COPY, copies
from extractors.boilerplate.cutting import cut, is_stretch, removed
from extractors.boilerplate.dom import ARTICLE, UNTOUCHED, named
from extractors.boilerplate.folding import HEAD, first_end, fold, folded, trimmed
from extractors.boilerplate.labels import LABEL, labels
from extractors.boilerplate.load import Rules
from extractors.boilerplate.openings import LINKED, PLACES, opened
from extractors.boilerplate.phrases import Book
from extractors.boilerplate.readers import are_signed
from extractors.boilerplate.repeats import PULL_QUOTE, pull_quotes
from extractors.boilerplate.rule import Place, Reach, Rule, Scope
from extractors.marks import tokens_of
from extractors.piece import BY_MODEL, Piece

__all__ = ["strip"]

# The lead ends with the third stretch of prose, the tail begins with the third from the end: standfirsts and footers hold long blocks too.
DEEP = 3
# A line after matched ones in the last part set off by a rule goes with them up to this length.
STRAY = 160
# What goes with a bio's or a box's heading has at most this many characters; more of them is no box.
SECTION = 1200
# Nor does it stand further behind it, counted in pieces: those that other rules took lie between.
FARTHEST = 500
# Of its characters a teaser behind a label has this many in links; an entry of a list of sources, with words of its own, has fewer.
TEASER = 0.6
# A heading that the body model scores so high, with text right under it, is a section's of the article ("Related", "Discussion").
SURE = 0.85
# One that it scores so high, with text right under it of which it is sure, is one, too ("Up next", "Recommendations").
LIKELY = 0.75
# "4 comments", "More on this topic" are no longer. On the gold pages, bodies by weights that had not seen the site, what is kept behind
# such a line and scores less than SURE is out of the gold body on four of five pages (comments), on seven of eight (related stories).
LINE = 60
AFTER = {kind: Rule(id=f"text.after-{kind}", kind=kind) for kind in ("comments", "related")}
# The newest comments of all the site, in a column that may come before the article.
ASIDE = frozenset({"recent", "recentcomments", "latest", "widget", "sidebar"})
_TITLED = frozenset({"related", "comments", "tag_list", "event_promo", "donate"})
_HEADING = BlockType.HEADING
_LEAD = frozenset({Place.ANYWHERE, Place.LEAD, Place.ENDS})
_TAIL = frozenset({Place.ANYWHERE, Place.TAIL, Place.ENDS})
_ANYWHERE = frozenset({Place.ANYWHERE})
_OPENING = {Place.LEAD: frozenset({Place.LEAD, Place.ENDS}), Place.TAIL: frozenset({Place.TAIL, Place.ENDS})}


def strip(pieces: Sequence[Piece], *, language: str | None, rules: Rules, authors: Sequence[str] = ()) -> list[Piece]:
    """The pieces in order, each removed one with kept=False and the kind and rule that say why.

    A piece that loses a sentence is followed by a removed piece with the words cut. A piece that comes in with kept=False is given
    the kind and rule that fit it, else UNCLASSIFIED and BY_MODEL. `authors`: the article's, so that their bios are known.
    """
    page = _Page(pieces, rules.book(language), authors)
    page.judge()
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        rule = page.found[index]
        if piece.kind:  # a site's profile knows it
            result.append(removed(piece, piece.kind, piece.rule or BY_MODEL))
        elif rule is not None:
            result.append(removed(piece, rule.kind, rule.id))
        elif not piece.kept:
            result.append(removed(piece, UNCLASSIFIED, piece.rule or BY_MODEL))
        elif piece.block.type in UNTOUCHED:
            result.append(piece)
        else:
            result.extend(cut(piece, page.book, folded=page.folded[index], head=page.heads[index]))
    return result


class _Page:
    """The pieces of one page, their folded beginnings, which of them hold a cue, and the rule found for each so far."""

    __slots__ = ("authors", "book", "cued", "folded", "found", "heads", "last", "met", "pieces", "reached")

    def __init__(self, pieces: Sequence[Piece], book: Book, authors: Sequence[str]) -> None:
        self.pieces = pieces
        self.book = book
        self.authors = tuple(fold(name) for name in authors if name)
        self.folded = folded([piece.block.text[:HEAD] for piece in pieces])
        self.heads = list(map(trimmed, self.folded))
        self.met = book.blocks.met(self.heads, pieces)
        self.last = max((piece.section for piece in pieces), default=0)
        self.cued = book.cued(self.heads, [len(piece.block.text) for piece in pieces])
        self.found: list[Rule | None] = named(pieces, book)
        self.reached = {Place.LEAD: len(pieces), Place.TAIL: -1}  # how far the lead and the tail go

    def judge(self) -> None:
        """Find each piece's rule: everywhere, then from both ends inwards, then what goes along with what was found."""
        found, pieces = self.found, self.pieces
        for whole, places in ((COPY, copies(pieces)), (PULL_QUOTE, pull_quotes(pieces))):
            for index in places:
                found[index] = found[index] or whole
        for index, piece in enumerate(pieces):
            if found[index] is None and piece.block.type not in UNTOUCHED:
                if not piece.kept:
                    found[index] = self._dropped(index)
                else:
                    found[index] = self._opening(index, _ANYWHERE) or self._held(index, _ANYWHERE)
        self._inwards(range(len(pieces) - 1, -1, -1), _TAIL, Place.TAIL)
        self._inwards(range(len(pieces)), _LEAD, Place.LEAD)
        for index, rule in enumerate(list(found)):
            if rule is not None and self._is_title(index, rule):
                found[index] = None
            elif rule is not None and rule.reach is not Reach.BLOCK and self._is_in_place(index, rule):
                self._along(index, rule)
        self._strays()
        self._after_the_end()
        for index in labels(pieces, found):
            found[index] = LABEL

    def _opening(self, index: int, places: frozenset[Place]) -> Rule | None:
        """The rule for one of `places` that a kept piece opens with, and that takes the whole of it."""
        if not self.met[index]:
            return None
        piece = self.pieces[index]
        return _whole(opened(self.met[index], piece, self.heads[index], places=places), piece, self.folded[index])

    def _held(self, index: int, places: frozenset[Place]) -> Rule | None:
        """The rule for one of `places` that finds its words inside a short piece."""
        return self.book.holds(self.pieces[index], self.heads[index], places) if index in self.cued else None

    def _dropped(self, index: int) -> Rule | None:
        """The rule for a piece that is out already: its place does not matter."""
        piece, head, book = self.pieces[index], self.heads[index], self.book
        rule = opened(self.met[index], piece, head) if self.met[index] else None
        return rule or opened(book.between.of(head), piece, head) or self._bio(index) or self._held(index, PLACES)

    def _inwards(self, order: range, places: frozenset[Place], place: Place) -> None:
        """Try the rules of one end, until enough unmatched prose lies between the piece and that end."""
        prose, book = 0, self.book
        for index in order:
            piece, head = self.pieces[index], self.heads[index]
            if not piece.kept or self.found[index] is not None or piece.block.type in UNTOUCHED:
                continue
            rule = self._opening(index, _OPENING[place])
            if rule is None and piece.section and place is Place.TAIL and piece.section == self.last:
                rule = opened(book.between.of(head), piece, head)
            if rule is None and place is Place.TAIL and prose == 0:
                rule = self._bio(index)
            rule = rule or self._held(index, places)
            self.found[index] = rule
            if rule is None and _is_prose(piece):
                prose += 1
                if prose >= DEEP:
                    self.reached[place] = index
                    return

    def _bio(self, index: int) -> Rule | None:
        """The rule for a block that opens with an author's name."""
        head = self.heads[index]
        if not head.startswith(self.authors):
            return None
        for name in self.authors:
            if head.startswith(name):
                rest = head[len(name) :].lstrip(" ,:-|)")
                return opened(self.book.author.of(rest), self.pieces[index], rest)
        return None

    def _is_in_place(self, index: int, rule: Rule) -> bool:
        """Whether a rule that was found in a piece acts there on what follows: the body model drops pieces in any place."""
        lead, tail = index <= self.reached[Place.LEAD], index >= self.reached[Place.TAIL]
        return {Place.LEAD: lead, Place.TAIL: tail, Place.ENDS: lead or tail}.get(rule.place, True)

    def _along(self, index: int, rule: Rule) -> None:
        """Take what goes with a heading or label: the links after it, or the short section after it."""
        size, taken, headed = 0, list[int](), False
        for at in range(index + 1, min(index + 1 + FARTHEST, len(self.pieces))):
            piece = self.pieces[at]
            if self.found[at] is not None:
                continue
            is_heading = piece.block.type is _HEADING
            if is_heading and (rule.reach is Reach.SECTION or piece.link < TEASER or (taken and not headed)):
                break
            if rule.reach is Reach.LINKS and piece.link < TEASER:
                break
            size += len(piece.block.text)
            if size > SECTION:
                taken = [] if rule.reach is Reach.SECTION else taken
                break
            headed = headed or is_heading
            taken.append(at)
        for at in taken:
            self.found[at] = rule

    def _is_title(self, index: int, rule: Rule) -> bool:
        """Whether a label heads text of the article, which begins right under it."""
        piece, after = self.pieces[index], self.pieces[index + 1 : index + 2]
        if rule.kind not in _TITLED or piece.block.type is not _HEADING or not piece.kept or piece.score < LIKELY:
            return False
        if not after or not after[0].kept or self.found[index + 1] is not None or after[0].link >= TEASER:
            return False
        if max(piece.score, after[0].score) < SURE:
            return False
        return rule.kind != "comments" or not are_signed(self.pieces[index + 1 :])

    def _strays(self) -> None:
        """Short lines, the model not sure of them, among the matched ones of the last part that a rule ("***", <hr>) sets off."""
        if not self.last:
            return
        places = [index for index, piece in enumerate(self.pieces) if piece.section == self.last]
        matched = [index for index in places if self.found[index] is not None]
        left = [self.pieces[index] for index in places if self.pieces[index].kept and self.found[index] is None]
        if len(matched) < 2 or any(map(_is_prose, left)):
            return
        rule = self.found[matched[0]]
        for index in places:
            piece = self.pieces[index]
            if index > matched[0] and piece.kept and piece.score < SURE and self.found[index] is None and len(piece.block.text) <= STRAY:
                self.found[index] = rule

    def _after_the_end(self) -> None:
        """What follows comments or a heading of related stories, once an article is past, unless the model is sure of some of it.

        Nor where something behind the comments is built as the article before them: entries of a list, each with its comments. Of comments
        it may be sure, for they are prose: where readers sign them, with the day or the hour, they go all the same, below a heading even
        if they are built as the article is.
        """
        past, prose, built = 0, 0, set[str]()
        for index, piece in enumerate(self.pieces):
            rule = self.found[index]
            if piece.kept and rule is None:
                past += len(piece.block.text)
                prose += _is_prose(piece)
                built.add(piece.keys)
            elif (past >= ARTICLE or prose >= DEEP) and rule is not None and _ends(piece, rule):
                after = [at for at in range(index + 1, len(self.pieces)) if self.pieces[at].kept and self.found[at] is None]
                goes_on = rule.kind == "comments" and any(self.pieces[at].keys in built for at in after if self.pieces[at].keys)
                is_unsure = past >= ARTICLE and not (piece.kept or goes_on) and all(self.pieces[at].score < SURE for at in after)
                may_be_signed = rule.kind == "comments" and (piece.block.type is _HEADING or not goes_on)
                if is_unsure or (may_be_signed and are_signed(self.pieces[index + 1 :])):
                    for at in after:
                        self.found[at] = AFTER[rule.kind]
                if past >= ARTICLE and not piece.kept:
                    return


def _ends(piece: Piece, rule: Rule) -> bool:
    """Whether a piece that a rule knows is a line behind which no article goes on."""
    if rule.kind not in AFTER or len(piece.block.text) > LINE:
        return False
    if rule.kind == "comments":
        return ASIDE.isdisjoint(tokens_of(piece.keys))
    return not piece.kept and piece.block.type is _HEADING


def _whole(rule: Rule | None, piece: Piece, folded: str) -> Rule | None:
    """The rule that a block opens with, unless that takes lines and sentences alone and what follows its own in the block is prose.

    Prose on the line of a promo is the article's where the body model is sure of the block: a promo may have much to say of itself.
    """
    if rule is None or rule.scope is not Scope.BOTH:
        return rule
    text = piece.block.text
    if "\n" in text:
        return None if any(map(is_stretch, text.split("\n")[1:])) else rule
    return None if piece.kept and piece.score >= SURE and is_stretch(text[first_end(folded) :]) else rule


def _is_prose(piece: Piece) -> bool:
    return piece.link < LINKED and piece.block.type is not _HEADING and is_stretch(piece.block.text)
