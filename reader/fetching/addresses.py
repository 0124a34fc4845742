"""Which addresses may be asked for a page. Pure.

A name says nothing about where it leads: what is judged here is the number that a
connection goes to.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from reader.errors import PageNotFetched
from reader.inert import inert

SCHEMES = ("https", "http")
MAX_LENGTH = 8_000  # code points of an address; servers refuse longer ones
_HOST = re.compile(r"[a-z0-9_-][a-z0-9._-]*|[0-9a-f:.]*:[0-9a-f:.]*")
_USER = re.compile(r"(?<=//)[^/?#]*@")  # name and password before a host
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_AS_THEY_ARE = "/:?&=%+,;@!$'()*~-._[]|"  # of path and query: quoted already, or harmless

_Number = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a page, in the form in which it is sent."""

    scheme: str
    host: str
    """In ASCII and lower case; an IPv6 number without brackets."""
    port: int | None
    """None for the usual one of the scheme."""
    target: str
    """Path and query, as they are asked for."""

    @property
    def url(self) -> str:
        """The address in one word, without a fragment: that never leaves the reader."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{f':{self.port}' if self.port else ''}{self.target}"


def parse_address(text: str) -> Address:
    """Read the address of a page.

    Raises:
        PageNotFetched: It is none, or of another scheme than http and https, or holds a password.
    """
    plain = without_user(text)
    shown = inert(plain if len(plain) <= 200 else f"{plain[:200]}…")
    try:
        parts = urlsplit(text.strip())
        host, port = _host(parts), parts.port
    except ValueError as error:
        raise PageNotFetched(f"{shown}: not an address of a page ({inert(str(error))})") from error
    if parts.scheme not in SCHEMES:
        raise PageNotFetched(f"{shown}: pages are fetched from http and https addresses alone")
    if parts.username is not None or parts.password is not None:
        raise PageNotFetched(f"{shown}: an address with a name or password is not fetched")
    if not host or len(text) > MAX_LENGTH:
        raise PageNotFetched(f"{shown}: {'too long an address' if host else 'no host is named in it'}")
    usual = {"http": 80, "https": 443}[parts.scheme]
    query = f"?{quote(parts.query, _AS_THEY_ARE)}" if parts.query else ""
    target = (quote(parts.path, _AS_THEY_ARE) or "/") + query
    return Address(parts.scheme, host, None if port == usual else port, target)


def without_user(address: str) -> str:
    """Take name and password out of an address, so that it can be shown."""
    return _USER.sub("", address)


def _host(parts: SplitResult) -> str:
    """Return the host of an address as it is looked up; names in other scripts in their ASCII form."""
    name = parts.hostname or ""
    host = (name if name.isascii() else name.encode("idna").decode("ascii").lower()).rstrip(".")
    if host and not _HOST.fullmatch(host):
        raise ValueError("its host is no name and no number")
    return host


def may_connect(number: str, *, allow_private: bool) -> bool:
    """Tell whether a page may come from a number: from the open network, or from nearby if allowed.

    Args:
        number: An IP address, as the resolver gives it.
        allow_private: Whether this machine and its neighbours may be asked too.
    """
    try:
        found = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    leads_to = _carried(found) or (found,)
    if allow_private:
        return not any(one.is_multicast or one.is_unspecified for one in leads_to)
    return all(one.is_global and not one.is_multicast for one in leads_to)


def _carried(number: _Number) -> tuple[_Number, ...]:
    """Return the IPv4 numbers that an IPv6 number leads to, by one of the four ways to write them."""
    if isinstance(number, ipaddress.IPv4Address):
        return ()
    if number.ipv4_mapped:
        return (number.ipv4_mapped,)
    if number.sixtofour:
        return (number.sixtofour,)
    if number.teredo:
        return number.teredo
    return (ipaddress.IPv4Address(int(number) & 0xFFFF_FFFF),) if number in _NAT64 else ()
