"""The behaviours of the test server: sound pages, and one function for each way in which a server can be wrong."""

import gzip
import socket
import struct
import zlib
from functools import cache
from urllib.parse import quote

import brotli
import zstandard

from tests.server import Behaviour, Exchange, answer

__all__ = ["ROUTES", "article_page", "raw", "redirect_to"]

_TOPICS = ("harbour", "orchard", "tram line", "library", "mill", "lighthouse", "market hall", "footbridge")


def article_page(number: str) -> bytes:
    """A small news page with title, byline, date and paragraphs, different for each number."""
    topic = _TOPICS[sum(map(ord, number)) % len(_TOPICS)]
    paragraphs = "".join(
        f"<p>Paragraph {index} on the {topic}, story {number}: the council met for {index + 2} hours, heard {index + 11} speakers, and put "
        f"off its decision on the {topic} until the engineers have measured the ground again next week.</p>"
        for index in range(1, 7)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The {topic} stays, story {number} | The Test Courier</title>'
        f'<meta property="og:type" content="article"><meta property="og:title" content="The {topic} stays, story {number}">'
        '<meta property="article:published_time" content="2026-03-05T08:30:00+01:00"></head><body>'
        '<header><nav><a href="/">Home</a></nav></header>'
        f'<main><article><h1>The {topic} stays, story {number}</h1><p class="byline">By Ada Fielding</p>'
        f'<time datetime="2026-03-05T08:30:00+01:00">5 March 2026</time>{paragraphs}</article></main>'
        "<footer>Copyright The Test Courier</footer></body></html>"
    ).encode()


def _article(exchange: Exchange) -> None:
    answer(exchange, article_page(exchange.request.path.rpartition("/")[2]))


def _robots(exchange: Exchange) -> None:
    """What the server's `robots` says for the host name of the request."""
    rules = exchange.server.robots
    text = rules.get(exchange.request.host.partition(":")[0], rules.get(""))
    if text is None:
        answer(exchange, b"<h1>Not found</h1>", status="404 Not Found")
    else:
        answer(exchange, text, headers={"Content-Type": "text/plain"})


def raw(data: bytes) -> Behaviour:
    """Send these bytes and end the connection."""

    def behave(exchange: Exchange) -> None:
        exchange.keep = False
        exchange.send(data)

    return behave


def _status(exchange: Exchange) -> None:
    """/status/503?retry-after=2"""
    wait = exchange.request.query.get("retry-after")
    headers = {} if wait is None else {"Retry-After": wait}
    answer(exchange, b"<p>no</p>", status=exchange.request.path.rpartition("/")[2] + " Status", headers=headers)


def _redirect(exchange: Exchange) -> None:
    """/redirect?to=URL&status=302; without `to`, no Location."""
    query = exchange.request.query
    headers = {"Location": query["to"]} if "to" in query else {}
    answer(exchange, b"moved", status=query.get("status", "302") + " Moved", headers=headers)


def _hops(exchange: Exchange) -> None:
    """/hops/3 redirects three times, then gives an article."""
    left = int(exchange.request.path.rpartition("/")[2])
    target = f"/hops/{left - 1}" if left > 1 else "/article/1"
    answer(exchange, status="302 Found", headers={"Location": target})


def _cookie_loop(exchange: Exchange) -> None:
    """Redirects to itself until its cookie comes back, as consent pages do."""
    if "seen=yes" in exchange.request.headers.get("cookie", ""):
        answer(exchange, article_page("9"))
    else:
        answer(exchange, status="302 Found", headers={"Location": exchange.request.path, "Set-Cookie": "seen=yes"})


def _slow_body(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<html>")
    exchange.drip([b"x"] * 100, 0.1)


def _slow_body_unframed(exchange: Exchange) -> None:
    exchange.keep = False
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    exchange.drip([b"x"] * 100, 0.1)


def _header_drip(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: ")
    exchange.drip([b"a"] * 100, 0.1)


def _continue_drip(exchange: Exchange) -> None:
    exchange.drip([b"HTTP/1.1 100 Continue\r\n\r\n"] * 100, 0.1)


def _continue_flood(exchange: Exchange) -> None:
    exchange.drip([b"HTTP/1.1 100 Continue\r\n\r\n" * 400] * 1000, 0.001)


def _hang(exchange: Exchange) -> None:
    exchange.server.stopped.wait(10)


def _reset(exchange: Exchange) -> None:
    """A reset: at once, or amid the body for /rst-body."""
    exchange.keep = False
    if exchange.request.path == "/rst-body":
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<html><p>Half")
        exchange.server.stopped.wait(0.05)
    exchange.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _encoded(body: bytes, encoding: str, extra: str = "") -> Behaviour:
    """A body under a Content-Encoding, whatever it holds."""

    def behave(exchange: Exchange) -> None:
        answer(exchange, body, headers={"Content-Encoding": encoding} | ({"X-Extra": extra} if extra else {}))

    return behave


@cache
def _bomb(encoding: str) -> bytes:
    """400 MB of zeros in a few hundred kB or less."""
    zeros = bytes(2**20)
    if encoding == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        return b"".join([packer.compress(zeros) for _ in range(400)]) + packer.flush()
    if encoding == "br":
        squeezer = brotli.Compressor(quality=5)
        return b"".join([squeezer.process(zeros) for _ in range(400)]) + squeezer.finish()
    stream = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join([stream.compress(zeros) for _ in range(400)]) + stream.flush()


def _send_bomb(exchange: Exchange) -> None:
    """/bomb/gzip, /bomb/br, /bomb/zstd; with ?redirect, as the body of a redirect."""
    encoding = exchange.request.path.rpartition("/")[2]
    moved = {"Location": "/article/1"} if "redirect" in exchange.request.query else {}
    answer(exchange, _bomb(encoding), status="302 Found" if moved else "200 OK", headers={"Content-Encoding": encoding, **moved})


def _endless(exchange: Exchange) -> None:
    exchange.keep = False
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    exchange.drip([b"<p>more</p>" * 6000] * 100_000, 0)


def _cookies(exchange: Exchange) -> None:
    """Fifty cookies of 3 kB."""
    lines = "".join(f"Set-Cookie: c{index}={'x' * 3000}\r\n" for index in range(50))
    page = article_page("1")
    exchange.send(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{lines}Content-Length: {len(page)}\r\n\r\n".encode() + page)


def _headers(count: int, size: int) -> bytes:
    return (
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (index, b"y" * size) for index in range(count)) + b"Content-Length: 2\r\n\r\nok"
    )


def _leftover(exchange: Exchange) -> None:
    """An answer with another one behind it that nobody asked for; the connection stays open."""
    poison = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\npoisoned"
    if "late" in exchange.request.query:
        exchange.send(_WHOLE)
        exchange.server.stopped.wait(0.05)
        exchange.send(poison)
    else:
        exchange.send(_WHOLE + poison)


def _echo(exchange: Exchange) -> None:
    """The request's headers, one a line."""
    lines = "\n".join(f"{name}: {value}" for name, value in exchange.request.headers.items())
    answer(exchange, lines.encode(), headers={"Content-Type": "text/plain"})


_PAGE = article_page("1")
_HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNK = b"%x\r\n%s\r\n" % (len(_PAGE), _PAGE)
_WHOLE = _HTML + b"Content-Length: %d\r\n\r\n" % len(_PAGE) + _PAGE
_ZIPPED = gzip.compress(_PAGE)
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)

ROUTES: dict[str, Behaviour] = {
    "/article/": _article,
    "/robots.txt": _robots,
    "/status/": _status,
    "/redirect": _redirect,
    "/hops/": _hops,
    "/cookie-loop": _cookie_loop,
    "/redirect-loop": lambda exchange: answer(exchange, status="301 Moved", headers={"Location": "/redirect-loop"}),
    "/location-bytes": raw(b"HTTP/1.1 302 Found\r\nLocation: /article/\xc3\xa9\xff\r\nContent-Length: 0\r\n\r\n"),
    "/location-utf8": raw("HTTP/1.1 302 Found\r\nLocation: /article/é\r\nContent-Length: 0\r\n\r\n".encode()),
    "/location-control": raw(b"HTTP/1.1 302 Found\r\nLocation: /article/\x00\x07\r\nContent-Length: 0\r\n\r\n"),
    "/slow-body": _slow_body,
    "/slow-unframed": _slow_body_unframed,
    "/header-drip": _header_drip,
    "/continue-drip": _continue_drip,
    "/continue-flood": _continue_flood,
    "/hang": _hang,
    "/rst": _reset,
    "/short-body": raw(_HTML + b"Content-Length: %d\r\n\r\n" % (len(_PAGE) + 50) + _PAGE),
    "/length-too-short": raw(_HTML + b"Content-Length: 300\r\n\r\n" + _PAGE),
    "/two-lengths": raw(_HTML + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n" + _PAGE),
    "/length-and-chunks": raw(
        _HTML + b"Content-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(_PAGE), _PAGE)
    ),
    "/no-last-chunk": raw(_HTML + b"Transfer-Encoding: chunked\r\n\r\n" + _CHUNK),
    "/bad-chunk": raw(_HTML + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<html\r\nzz\r\nrest"),
    "/negative-chunk": raw(_HTML + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n<html>\r\n0\r\n\r\n"),
    "/unframed": raw(_HTML + b"\r\n" + _PAGE),
    "/gzip": _encoded(_ZIPPED, "gzip"),
    "/br": _encoded(brotli.compress(_PAGE), "br"),
    "/zstd": _encoded(zstandard.compress(_PAGE), "zstd"),
    "/deflate": _encoded(zlib.compress(_PAGE), "deflate"),
    "/deflate-bare": _encoded(zlib.compress(_PAGE)[2:-4], "deflate"),
    "/gzip-cut": _encoded(_ZIPPED[: len(_ZIPPED) // 2], "gzip"),
    "/gzip-unframed": raw(_HTML + b"Content-Encoding: gzip\r\n\r\n" + _ZIPPED),
    "/gzip-lie": _encoded(_PAGE, "gzip"),
    "/gzip-junk": _encoded(_ZIPPED + b"\0\0trailing junk", "gzip"),
    "/unknown-encoding": _encoded(_PAGE, "x-rot13"),
    "/six-encodings": _encoded(_ZIPPED, ", ".join(["gzip"] * 6)),
    "/bomb/": _send_bomb,
    "/gzip-bomb": lambda exchange: answer(exchange, _bomb("gzip"), headers={"Content-Encoding": "gzip"}),
    "/endless": _endless,
    "/long-header": raw(_headers(1, 70_000)),
    "/many-headers": raw(_headers(120, 10)),
    "/big-headers": raw(_headers(90, 60_000)),
    "/no-status-line": raw(b"<html><p>No head at all</p></html>"),
    "/garbage": raw(bytes(range(128, 256)) * 20),
    "/close": raw(b""),
    "/early-hints": raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + _HTML + b"Content-Length: %d\r\n\r\n" % len(_PAGE) + _PAGE),
    "/cookie-flood": _cookies,
    "/no-content": raw(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"),
    "/empty": lambda exchange: answer(exchange, b""),
    "/image-as-html": lambda exchange: answer(exchange, _PNG),
    "/pdf-as-html": lambda exchange: answer(exchange, b"%PDF-1.7\n" + bytes(500)),
    "/html-as-text": lambda exchange: answer(exchange, _PAGE, headers={"Content-Type": "text/plain"}),
    "/no-charset": lambda exchange: answer(exchange, "<p>čeština</p>".encode(), headers={"Content-Type": "text/html"}),
    "/challenge": lambda exchange: answer(exchange, b"<p>one moment</p>", status="403 Forbidden", headers={"cf-mitigated": "challenge"}),
    "/leftover": _leftover,
    "/echo": _echo,
}


def redirect_to(url: str, status: int = 302) -> str:
    """The path that redirects to a URL."""
    return f"/redirect?status={status}&to={quote(url, safe='')}"
