"""The cookies of one exchange: kept until it ends, and sent to no other host than the one that set them, or for which they were given."""

from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy

import requests
from requests.cookies import RequestsCookieJar, get_cookie_header

__all__ = ["add_cookies", "cookie_jar"]


def cookie_jar() -> RequestsCookieJar:
    """An empty jar. Python's own policy would send a host's cookies to the hosts below it as well; browsers do not."""
    return RequestsCookieJar(policy=DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain))


def add_cookies(request: requests.PreparedRequest, jar: RequestsCookieJar, given: Mapping[str, str]) -> None:
    """Give a request the jar's cookies for its address, and those of `given` that the jar has not replaced."""
    if "cookie" in request.headers:
        return
    known = {cookie.name for cookie in jar}
    kept: str | None = get_cookie_header(jar, request)  # type: ignore[no-untyped-call]  # not in the type stubs
    own = [f"{name}={value}" for name, value in given.items() if name not in known]
    text = "; ".join([*own, *([kept] if kept else [])])
    if text:
        request.headers["Cookie"] = text
