"""Lines of their own that say that the rest of an article is for subscribers, and lines that only look so."""

import time

import pytest

from extractors import extract

__all__: list[str] = []

SENTENCE = (
    "The ferry crossed the bay in the morning with no more than four people aboard, and came back in the evening with three of them. "
)
PROSE = f"<p>{SENTENCE * 2}</p>"

BARRIERS = [
    ("en", "This article is for subscribers only."),
    ("en", "To continue reading, please subscribe or log in."),
    ("en", "Subscribe to read the full story"),
    ("en", "You have reached your limit of free articles this month."),
    ("de", "Dieser Artikel ist nur für Abonnenten zugänglich."),
    ("de", "Sie möchten weiterlesen? Dieser Artikel ist exklusiv für Abonnenten."),
    ("de", "Weiterlesen mit Hafenbote+"),
    ("fr", "Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés."),
    ("fr", "La suite est réservée aux abonnés."),
    ("es", "Contenido exclusivo para suscriptores"),
    ("es", "Para seguir leyendo, suscríbete o inicia sesión."),
    ("it", "Questo articolo è riservato agli abbonati"),
    ("pt", "Este conteúdo é exclusivo para assinantes."),
    ("nl", "Verder lezen? Neem een abonnement of log in."),
    ("sv", "Vill du läsa vidare? Logga in eller bli prenumerant."),
    ("no", "Denne artikkelen er kun for abonnenter."),
    ("da", "Læs videre – bliv abonnent"),
    ("fi", "Tämä juttu on vain tilaajille"),
    ("pl", "Pozostało 80% artykułu"),
    ("cs", "Tento článek je jen pro předplatitele."),
    ("hu", "Ez a cikk csak előfizetőinknek érhető el."),
    ("tr", "Bu haber sadece abonelere özeldir."),
    ("el", "Αυτό το άρθρο είναι μόνο για συνδρομητές"),
    ("ru", "Чтобы дочитать, оформите подписку."),
    ("ar", "هذا المقال متاح للمشتركين فقط"),
    ("ja", "［有料会員限定］ この記事は会員限定です。"),
    ("ja", "残り 1,200文字"),
    ("ko", "이 기사는 유료 회원 전용입니다."),
    ("zh", "订阅后即可继续阅读"),
    ("sv", "Hela artikeln är för dig som är prenumerant."),
    ("pl", "Tekst dostępny wyłącznie dla prenumeratorów"),
    ("ru", "Статья доступна только подписчикам."),
    ("uk", "Продовження доступне лише за передплатою"),
    ("hu", "A cikk további része csak előfizetőknek olvasható."),
    ("ro", "Articolul este disponibil doar abonaților."),
    ("vi", "Bài viết dành riêng cho hội viên."),
    ("bg", "Пълният текст е само за абонати."),
    ("th", "บทความนี้อ่านได้เฉพาะสมาชิก"),
]

LOOKALIKES = [
    ("en", "<blockquote>This article is for subscribers only.</blockquote>"),
    ("en", "<p>“This article is for subscribers only,” said the window.</p>"),
    ("en", f"<p>{SENTENCE}This article is for subscribers only, it said.</p>"),
    ("en", "<aside><p>This article is for subscribers only.</p></aside>"),
    ("en", '<ul><li><a href="/b">Another ferry</a><p>Subscribe to read the full story</p></li></ul>'),
    ("en", '<div class="modal hidden"><p>You have reached your limit of free articles this month.</p></div>'),
    ("en", "<p>This page is for members of the rowing club.</p>"),
    ("en", "<p>Subscribe to read our newsletter every morning.</p>"),
    ("en", "<p>Subscribers only</p>"),
    ("de", "<p>Dieser Artikel ist nur wenige Zeilen lang.</p>"),
    ("fr", "<p>Il vous reste 80 % de réduction sur cet abonnement.</p>"),
    ("es", "<p>Este artículo es exclusivo de nuestra edición del domingo.</p>"),
    ("it", "<p>Questo articolo è disponibile anche in inglese.</p>"),
    ("pt", "<p>Para continuar a viagem, assine o livro de bordo.</p>"),
    ("nl", "<p>Dit artikel is alleen in het Nederlands verschenen.</p>"),
    ("sv", "<p>Den här artikeln är en krönika.</p>"),
    ("no", "<p>Les videre: Fergen som ingen tok</p>"),
    ("pl", "<p>Ten artykuł powstał we współpracy z muzeum.</p>"),
    ("ru", "<p>Этот материал подготовлен при поддержке музея.</p>"),
    ("ru", "<p>Статья доступна и на английском языке.</p>"),
    ("vi", "<p>Bài viết dành cho những người yêu sông nước.</p>"),
    ("ja", "<p>この記事は会員の投稿をもとに書かれました。</p>"),
    ("zh", "<p>本文为作者原创。</p>"),
]


def access(language: str, body: str) -> tuple[bool | None, bool]:
    article = extract(f'<html lang="{language}"><body><main><h1>A ferry in winter</h1><p>Ann Lee</p>{body}</main></body></html>')
    return article.is_free, "paywall_teaser" in article.warnings


@pytest.mark.parametrize(("language", "line"), BARRIERS)
def test_a_line_that_ends_a_short_text_or_stands_above_it(language: str, line: str) -> None:
    assert access(language, f"{PROSE * 2}<div><p>{line}</p></div><p>From 1 euro a week</p>") == (False, True)
    assert access(language, f"<div><p>{line}</p></div>{PROSE * 2}") == (False, True)


def test_a_badge_beside_the_headline() -> None:
    assert access("fr", f"<p>Réservé aux abonnés</p>{PROSE * 2}") == (False, True)
    assert access("ja", f"<p>有料会員限定</p>{PROSE * 2}") == (False, True)


@pytest.mark.parametrize(("language", "line"), LOOKALIKES)
def test_what_only_looks_like_a_barrier(language: str, line: str) -> None:
    assert access(language, PROSE * 2 + line) == (None, False)


def test_a_text_that_goes_on_or_is_long_hides_nothing() -> None:
    line = "<p>This article is for subscribers only.</p>"
    assert access("en", PROSE * 3 + line + PROSE * 4) == (None, False)
    assert access("en", PROSE * 20 + line) == (None, False)
    assert access("en", line + PROSE * 20) == (None, False)


def test_what_the_data_say_outweighs_a_line() -> None:
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A ferry in winter", "isAccessibleForFree": true}</script>'
    )
    assert access("en", f"{data}{PROSE}<p>This article is for subscribers only.</p>") == (True, False)


def test_a_hostile_line_costs_little() -> None:
    line = "subscribe to pour lire la suite um weiterzulesen " * 6
    start = time.process_time()
    access("en", PROSE + f"<p>{line[:239]}</p>" * 3000)
    assert time.process_time() - start < 5
