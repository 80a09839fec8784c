"""What class, id, role and the like say of an element: tokens looked up once, as flags that every reader of a page shares."""

import re
from enum import IntFlag, auto
from functools import lru_cache

__all__ = ["Mark", "marks_of", "tokens_of"]


class Mark(IntFlag):
    """What an element's own names say that it is."""

    BYLINE = auto()
    DATE = auto()
    HEADLINE = auto()
    STANDFIRST = auto()
    SECTION = auto()
    BREADCRUMB = auto()
    TAGS = auto()
    CAPTION = auto()
    BODY = auto()
    BIO = auto()
    RELATED = auto()
    SHARE = auto()
    NEWSLETTER = auto()
    COMMENTS = auto()
    AD = auto()
    NAVIGATION = auto()
    FOOTER = auto()
    SIDEBAR = auto()
    PAYWALL = auto()
    CONSENT = auto()
    HIDDEN = auto()
    MEDIA = auto()
    WIDGET = auto()


# Tokens are runs of letters in class, id, itemprop, role and data-testid values, parted at punctuation and at camelCase humps, lower case. A pair
# of neighbours is written "a-b". Read off the markup of common publishing systems (WordPress, Drupal, Blogger, Ghost, Arc, AEM, Joomla)
# and schema.org's property names.
_NAMES = {
    Mark.BYLINE: "byline bylines author authors autor autores auteur auteurs autore autori verfasser contributor contributors writer reporter "
    "creator fn vcard journalist journalists redakteur skribent forfatter kirjoittaja auteurs-nom author-name posted-by written-by",
    Mark.DATE: "date dates datetime time timestamp published publish pubdate updated modified datum fecha dateline datepublished datemodified posted "
    "entry-date post-date publication-date meta-date zeit hora heure tarih data-pubblicazione",
    Mark.HEADLINE: "headline title titel titre titulo titolo heading entry-title post-title article-title",
    Mark.STANDFIRST: "standfirst lead lede dek deck intro summary subtitle subheadline subhead excerpt teaser-text chapo chapeau kicker-text "
    "sommario entradilla bajada vorspann ingress abstract",
    Mark.SECTION: "section category categories kicker channel rubrik rubric rubrique eyebrow cat-links ressort",
    Mark.BREADCRUMB: "breadcrumb breadcrumbs crumb crumbs brotkrume",
    Mark.TAGS: "tag tags keyword keywords topic topics schlagwort etiquetas etiqueta tag-list tags-links label labels theme themes",
    Mark.CAPTION: "caption figcaption captions legend bildunterschrift credit credits copyright photo-credit image-credit",
    Mark.BODY: "articlebody article-body entry-content post-content article-content story-body storybody article-text content-body post-body "
    "body-content main-content story-content articletext richtext body-text text-body td-post-content articlecontent",
    Mark.BIO: "bio biography about-author author-bio author-box authorbox author-info author-description author-profile",
    Mark.RELATED: "related recommended recommendation recommendations recommend more-stories similar popular trending latest read-more "
    "readmore most-read outbrain taboola also-like youmaylike up-next teaser teasers further promo promos readnext",
    Mark.SHARE: "share sharing shares social addthis sharethis sharedaddy follow facebook twitter whatsapp pinterest linkedin socials",
    Mark.NEWSLETTER: "newsletter newsletters subscribe subscription signup mailchimp optin sign-up email-signup",
    Mark.COMMENTS: "comment comments disqus discussion respond kommentare commentaires comentarios livefyre replies reply",
    Mark.AD: "ad ads advert advertisement advertising adsbygoogle adslot ad-slot sponsor sponsored banner werbung publicidad dfp gpt anzeige",
    Mark.NAVIGATION: "nav navigation navbar menu menubar submenu toolbar pagination pager topbar skip-link toc masthead",
    Mark.FOOTER: "footer colophon site-footer contentinfo footnote-site page-footer bottom-bar copyright-bar",
    Mark.SIDEBAR: "sidebar aside rail widget-area complementary secondary right-column left-column right-rail",
    Mark.PAYWALL: "paywall premium subscriber metered piano regwall paid-content tp-modal",
    Mark.CONSENT: "cookie cookies gdpr consent onetrust cmp didomi cookiebar privacy-banner",
    Mark.HIDDEN: "hidden hide visually-hidden sr-only screen-reader-text visuallyhidden invisible offscreen d-none modal popup overlay",
    Mark.MEDIA: "gallery slideshow carousel video player image photo picture figure audio podcast slider embed media thumbnail",
    Mark.WIDGET: "widget widgets box module infobox factbox poll quiz donate donation login search form",
}
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_FLAGS: dict[str, int] = {}
for _mark, _words in _NAMES.items():
    for _word in _words.split():
        _FLAGS[_word] = _FLAGS.get(_word, 0) | int(_mark)


@lru_cache(maxsize=65536)
def tokens_of(key: str) -> tuple[str, ...]:
    """The lower-case tokens of an element's names, in order: "postMeta author-box" gives post, meta, author, box."""
    return tuple(token.lower() for token in _TOKEN.findall(key))


@lru_cache(maxsize=65536)
def marks_of(key: str) -> int:
    """The flags (a union of Mark) that an element's names carry."""
    flags, last = 0, ""
    for token in tokens_of(key):
        flags |= _FLAGS.get(token, 0)
        if last:
            flags |= _FLAGS.get(f"{last}-{token}", 0)
        last = token
    return flags
