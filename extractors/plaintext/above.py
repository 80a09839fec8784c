"""What stands above an article without being of it: whom to ask about a press release, a site's links, marks of wire copy and mail."""

import re
from collections.abc import Sequence

from extractors.plaintext.head import Line

__all__ = ["contacts", "is_furniture", "without_letter_marks", "without_wire_marks"]

_CONTACT = re.compile(
    r"(?:(?:for )?(?:more|further) information,? (?:please )?contact|(?:(?:media|press|news) )?(?:contacts?|enquiries|inquiries)"
    r"(?: information)?|(?:presse)?kontakt|ansprechpartner(?:in)?|rückfragen(?: an)?|contacts? (?:presse|médias?)"
    r"|contacto(?: de prensa)?|contatt[oi](?: stampa)?|contato(?: de imprensa)?|(?:pers)?contact|presskontakt"
    r"|контакт(?:ы|ное лицо)?(?: для прессы)?|联系人|聯絡人|媒体联系|お問い?合わせ先?|문의)\s*(?:[:：].*)?",
    re.IGNORECASE,
)
_MOST = 12  # lines of such a block
_LINKS = 0.6  # share of a line
# "^BC-EU--Winter Ferry,310<": the lines above the text of wire copy begin and end with marks, and the first is a slug.
_WIRE = re.compile(r"(?m)^\^(?P<line>[^\n]{1,200}?)[<=]?[ \t]*$")
_SLUG = re.compile(r"[A-Z]{2}-{1,2}\S.*,\s?\d{1,4}|(?:Eds|Ed\. note)s?:.*")
# "View this email in your browser", above a letter saved as text, with its address behind it, in brackets or on the next line.
_BROWSER = re.compile(
    r"(?:(?:trouble|problems?) (?:viewing|reading) this (?:e-?mail|newsletter|message)\?? ?)?(?:view|read|open|see) (?:this|the|it)?"
    r" ?(?:e-?mail|newsletter|message|letter)? ?(?:in (?:your|a|the) (?:web ?)?browser|online|on the web)"
    r"|(?:diese[nr]? )?(?:e-?mail|newsletter|nachricht)? ?im (?:web)?browser (?:ansehen|anzeigen|öffnen|lesen)|(?:zur )?online-?version"
    r"|(?:voir|afficher|lire|consulter) (?:cet? |cette |la )?(?:e-?mail|message|newsletter|courriel)?"
    r" ?(?:dans (?:votre|le|un) navigateur|en ligne)"
    r"|ver (?:este |el )?(?:correo|e-?mail|mensaje|boletín)? ?en (?:el|tu|su) navegador"
    r"|(?:visualizza|leggi) (?:questa |la )?(?:e-?mail|newsletter)? ?nel (?:tuo )?browser"
    r"|ver (?:este )?(?:e-?mail|boletim)? ?no (?:seu )?navegador"
    r"|bekijk (?:deze )?(?:e-?mail|nieuwsbrief)? ?in (?:je|uw|de) browser"
    r"|visa (?:detta |det här )?(?:e-?mail|mejlet|nyhetsbrevet)? ?i (?:din )?webbläsare\w*"
    r"|(?:zobacz|wyświetl|otwórz) (?:tę |tego |ten )?(?:wiadomość|e-?maila?|newsletter)? ?w przeglądarce"
    r"|(?:открыть|посмотреть|просмотреть) (?:это |эту )?(?:письмо|рассылку)? ?в (?:вашем )?браузере"
    r"|ブラウザで(?:表示|見る|読む|開く).{0,6}|在(?:您的)?浏览器中(?:查看|打开).{0,6}",
    re.IGNORECASE,
)
_AT = re.compile(r"\s*+[(<\[]?\s*+https?://\S+\s*")
_EDGES = " \t|*_>.:»"
_TOP, _LONGEST = 12, 400  # lines; characters of one
# A headline in letters that Mailchimp writes as text: "** Headline", underlined.
_STARRED = re.compile(r"(?m)^\*\* (?P<line>[^\n]{1,200}?)(?: \(https?://[^\s)]*\))?[ \t]*\n(?P<rule>[-=]{3,})[ \t]*$")


def without_letter_marks(text: str) -> str:
    """The text of a letter without the line that leads to it on the web, and without the stars before its underlined headlines."""
    head, *rest = text.lstrip().split("\n", _TOP)
    lines = [head, *rest[: _TOP - 1]]
    for place, line in enumerate(lines):
        if len(line) <= _LONGEST and _BROWSER.fullmatch(_AT.sub("", line).strip(_EDGES)):
            below = place + 1 < len(lines) and len(lines[place + 1]) <= _LONGEST and _AT.fullmatch(lines[place + 1])
            left = [*lines[:place], *lines[place + (2 if below else 1) :], *rest[_TOP - 1 :]]
            return _STARRED.sub(r"\g<line>\n\g<rule>", "\n".join(left))
    return text


def contacts(lines: Sequence[Line], start: int) -> frozenset[int]:
    """The positions of the lines above the text, which begins at `start`, that tell whom to ask: from their label to an empty line."""
    found: set[int] = set()
    at = 0
    while at < start:
        end = at + 1
        if _CONTACT.fullmatch(lines[at].inline.text):
            end = _group(lines, at)
            if end == at + 1 and lines[at].inline.text.endswith((":", "：")):  # an empty line below the label
                end = _group(lines, end)
            if end < len(lines) and end <= start and end - at <= _MOST:
                found.update(range(at, end))
        at = end
    return frozenset(found)


def _group(lines: Sequence[Line], start: int) -> int:
    """Where the lines that no empty one parts from the one at `start` end."""
    return next((end for end in range(start + 1, len(lines)) if lines[end].raw.apart), len(lines))


def is_furniture(line: Line) -> bool:
    """Whether a line above the headline is a site's: little but links."""
    return line.inline.link > _LINKS


def without_wire_marks(text: str) -> str:
    """The text, each marked line of wire copy a paragraph without its marks, the slug and the notes to editors left out."""
    if not text.lstrip().startswith("^"):
        return text
    return _WIRE.sub(lambda match: "" if _SLUG.fullmatch(match["line"]) else f"{match['line']}\n", text)
