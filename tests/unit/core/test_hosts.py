"""A local host is known by its literal address or as localhost; no name is looked up."""

import pytest

from tasks.core.urls import is_local_host


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost.",
        "127.0.0.1",
        "127.9.8.7",
        "10.0.0.8",
        "172.16.4.4",
        "192.168.1.1",
        "169.254.0.7",
        "::1",
        "fd00::12",
        "fe80::1%eth0",
        "::ffff:127.0.0.1",
    ],
)
def test_loopback_and_private_addresses_are_local(host):
    assert is_local_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "menafn.com",
        "www.menafn.com",
        "8.8.8.8",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "localhost.menafn.com",
        "127.0.0.1.menafn.com",
        "intranet",
        "",
    ],
)
def test_any_other_name_or_address_is_public(host):
    assert not is_local_host(host)
