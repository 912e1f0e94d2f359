"""Which web addresses may be fetched: pure rules about schemes, hosts, ports and IP addresses."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from sayso.errors import FetchError

SCHEMES = frozenset({"http", "https"})
NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*")
NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
UNICAST = IPv6Network("2000::/3")
TRANSLATED = IPv6Network("64:ff9b::/96")
# Ports of other services, which browsers do not ask either (the Fetch standard's "bad ports").
OTHER_SERVICES = frozenset({
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})  # fmt: skip


def refuse_scheme(scheme: str) -> None:
    """FetchError unless it is http or https."""
    if not scheme:
        raise FetchError("is no web address: write it with https:// in front")
    if scheme not in SCHEMES:
        raise FetchError(f"is a {scheme[:20]}: address: only http:// and https:// are fetched")


def plain_host(host: str) -> str:
    """The host in ASCII, without a trailing dot; FetchError if it is no name and no plain IP address."""
    host = host.lower().removesuffix(".")
    if is_literal(host):
        return host
    if NUMBER.fullmatch(host):
        raise FetchError("has a number for a host: write its name, or its address as four numbers with dots")
    if not NAME.fullmatch(host):
        raise FetchError("has no proper host name: check the address")
    return host


def refuse_port(port: int | None) -> None:
    """FetchError if no web server answers there."""
    if port is not None and not 0 < port < 65_536:
        raise FetchError(f"has the port {port}, which cannot be: ports go from 1 to 65535")
    if port in OTHER_SERVICES:
        raise FetchError(f"has the port {port}, which belongs to another service: check the address")


def is_literal(host: str) -> bool:
    """Whether the host is an IP address as it is."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet's, and all addresses packed into it are too."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    inner = _packed(ip)
    if inner is not None and not is_public(str(inner)):
        return False
    return ip.ipv4_mapped is not None or ip in TRANSLATED or (ip.is_global and ip in UNICAST)


def _packed(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for or leads through, if any."""
    if ip.ipv4_mapped is not None or ip.sixtofour is not None:
        return ip.ipv4_mapped or ip.sixtofour
    return IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in TRANSLATED else None
