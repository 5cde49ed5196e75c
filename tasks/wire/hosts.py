"""Whether a host is one of this machine or its own network, told by its name alone."""

from ipaddress import IPv6Address, ip_address


def is_local_host(host: str) -> bool:
    """Whether a wire on this host can only be a replayed or invented one.

    Args:
        host: a host name or a literal address, without port or brackets.

    Returns:
        True for `localhost` and for loopback, private and link-local addresses (RFC 1918, 3927,
        4193, 6890). A name is never resolved, so any other name counts as public.
    """
    if host.casefold().rstrip(".") == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_private
