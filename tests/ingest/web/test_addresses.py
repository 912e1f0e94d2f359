import ipaddress
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import FetchError
from sayso.ingest.web.addresses import is_public, plain_host, refuse_port, refuse_scheme

INSIDE = [
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "0.1.2.3",  # noqa: S104
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "2002:7f00:1::",
    "2002:a9fe:a9fe::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "100::1", "no address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_the_public_internet_is_told(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "::ffff:9.9.9.9", "2600::1", "2002:909:909::1", "64:ff9b::909:909", "192.88.98.1"]
)
def test_the_public_internet_is_told(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_packed_into_another_is_judged_as_itself(ip: ipaddress.IPv4Address) -> None:
    packed = [f"::ffff:{ip}", str(ipaddress.IPv6Address((0x64FF9B << 96) | int(ip)))]
    assert {is_public(address) for address in packed} == {is_public(str(ip))}
    if not is_public(str(ip)):
        assert not is_public(str(ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80) | 1)))


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "1.2.3.4.5", "127.0.0.1.."]
)
def test_other_spellings_of_addresses_are_no_hosts(host: str) -> None:
    with pytest.raises(FetchError, match=r"number for a host|no proper host"):
        plain_host(host)


@pytest.mark.parametrize(
    "host", ["", ".", "a..b", "-a.example", "a b", "127%2e0.example", "x" * 64, "é.example", "a,b"]
)
def test_what_is_no_name_is_no_host(host: str) -> None:
    with pytest.raises(FetchError, match="host"):
        plain_host(host)


def test_hosts_come_out_in_one_spelling() -> None:
    assert [plain_host(h) for h in ("Post.Example.", "xn--bcher-kva.example", "127.0.0.1.", "::1", "3com.example")] == [
        "post.example", "xn--bcher-kva.example", "127.0.0.1", "::1", "3com.example",
    ]  # fmt: skip


@given(st.text())
def test_any_text_is_a_host_or_refused(text: str) -> None:
    with suppress(FetchError):
        assert plain_host(text).isascii()


@pytest.mark.parametrize("port", [0, -1, 65_536, 22, 25, 6667])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(FetchError, match=f"has the port {port}"):
        refuse_port(port)


@pytest.mark.parametrize("port", [None, 80, 443, 8080, 65_535])
def test_other_ports_are_fine(port: int | None) -> None:
    refuse_port(port)


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "data", "javascript", "", "httpx"])
def test_only_two_schemes_are_fetched(scheme: str) -> None:
    with pytest.raises(FetchError, match=r"http"):
        refuse_scheme(scheme)
    refuse_scheme("http")
    refuse_scheme("https")
