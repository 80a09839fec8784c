"""Why a document is no article. Every error that `extract` raises on purpose is one of these: an ExtractionError, or InvalidRules.

NotAnArticle
├── EmptyPage            nothing to read: no bytes, or no text in them
├── NotText              bytes that are no text: an image, a PDF, an archive, whatever the label says
├── NotHtml              text of another kind: JSON, a feed, a style sheet
├── IndexPage            a front page, section, archive, forum or search result: many teasers, no article
├── JavascriptRequired   an empty shell whose text appears only after scripts have run
├── ConsentWall          a cookie or consent page in place of the article
├── BotChallenge         a "checking your browser" page in place of the article
├── LoginWall            a page that asks to log in or to register, with no article on it
├── ServerPage           the server's own: an error, a list of files, a parked domain
├── SoftNotFound         a "page not found" under status 200
└── TooComplex           more markup than can be read at a bounded cost
UndecodableText          text in no known encoding

InvalidRules             a rules, profile or weights file that cannot be used: file, line and reason; it says nothing of the document, and
                         is no ExtractionError, so that who counts documents without an article does not count it
"""

__all__ = [
    "BotChallenge",
    "ConsentWall",
    "EmptyPage",
    "ExtractionError",
    "IndexPage",
    "InvalidRules",
    "JavascriptRequired",
    "LoginWall",
    "NotAnArticle",
    "NotHtml",
    "NotText",
    "ServerPage",
    "SoftNotFound",
    "TooComplex",
    "UndecodableText",
]


class ExtractionError(Exception):
    """The root of all errors that say something of the document. `kind` is the failure kind of the dataset."""

    kind = "internal"


class NotAnArticle(ExtractionError):
    """The document holds no article."""

    kind = "not_an_article"


class EmptyPage(NotAnArticle):
    """No bytes, or no text in them."""

    kind = "empty_page"


class NotText(NotAnArticle):
    """Bytes that are no text, whatever their label says."""

    kind = "not_html"


class NotHtml(NotAnArticle):
    """Text of another kind than HTML, Markdown or prose."""

    kind = "not_html"


class IndexPage(NotAnArticle):
    """A front page, a section page or a list of results."""


class JavascriptRequired(NotAnArticle):
    """An empty shell whose text appears only after scripts have run."""

    kind = "javascript_required"


class ConsentWall(NotAnArticle):
    """A consent page in place of the article."""

    kind = "consent_wall"


class BotChallenge(NotAnArticle):
    """A page that tests whether a browser asks."""

    kind = "bot_challenge"


class LoginWall(NotAnArticle):
    """A page that asks to log in or to register."""

    kind = "login_wall"


class SoftNotFound(NotAnArticle):
    """A "page not found" under status 200."""


class ServerPage(NotAnArticle):
    """A page of the server's own under status 200: an error, a list of files, a parked domain, a notice of maintenance."""


class TooComplex(NotAnArticle):
    """More markup than can be read at a bounded cost."""

    kind = "too_large"


class UndecodableText(ExtractionError):
    """Text in no known encoding."""

    kind = "decode"


class InvalidRules(Exception):
    """A rules, profile or weights file that cannot be used; the message names file, line and reason."""
