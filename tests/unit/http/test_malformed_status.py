"""A status that is no integer from 100 to 599 is a reject, by whatever protocol it comes."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from tasks.core.rejects import Reason
from tests.site.server import BODY, raw, responding
from tests.unit.http.requests import MemoryStore, reason, request, request_all, settings

MISSING = "missing"
UNUSABLE = [
    "abc", "", "9" * 24, "3000000000", "0", "70000", "600", "99", "-200", "2_00", "+200", "200 OK",
    MISSING,
]  # fmt: skip


def certificate(folder: Path) -> Path:
    """A file with a key and a certificate of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    encoding = serialization.Encoding.PEM
    secret = key.private_bytes(encoding, form, serialization.NoEncryption())
    path = folder / "site.pem"
    path.write_bytes(secret + made.public_bytes(encoding))
    return path


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Respond to each path by the status that it names, sound or not, with the same body."""
    config = H2Configuration(
        client_side=False, validate_outbound_headers=False, normalize_outbound_headers=False
    )
    connection = H2Connection(config)
    connection.initiate_connection()
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, RequestReceived):
                    path = dict(event.headers)[b":path"].decode()
                    status = "404" if path == "/robots.txt" else path[1:].replace("%20", " ")
                    headers = [(":status", status)] if status != MISSING else []
                    assert event.stream_id
                    connection.send_headers(event.stream_id, [*headers, ("server", "x")])
                    connection.send_data(event.stream_id, BODY, end_stream=True)
            writer.write(connection.data_to_send())
            await writer.drain()
    writer.close()


@pytest.fixture(scope="module")
def http2_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = certificate(tmp_path_factory.mktemp("tls"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    context.set_alpn_protocols(["h2"])
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0, ssl=context))
    thread = Thread(target=loop.run_forever)
    thread.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(path))
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.mark.parametrize("status", UNUSABLE)
def test_http_2_without_a_status_is_a_reject_and_the_others_are_read(http2_site, status):
    store = MemoryStore()
    paths = (f"/{status}", "/200", "/200", "/304")
    bad, *good, unasked = request_all(settings(http2_site, attempts=1), *paths, store=store)
    assert reason(bad) is Reason.BROKEN_TRANSFER
    assert "status" in bad.failure.detail
    assert [one.response.body for one in good] == [BODY, BODY]
    assert good[0].response.http_version == "HTTP/2"
    assert reason(unasked) is Reason.BROKEN_TRANSFER
    assert sorted(one.status for one in store.responses) == [200, 200, 304, 404]


@pytest.mark.parametrize(
    "status", ["abc", "", "9" * 24, "3000000000", "000", "099", "600", "999", "20", "2000", "-200"]
)
def test_http_1_without_a_status_is_a_reject(site, status):
    store = MemoryStore()
    site.on("/a", raw(f"HTTP/1.1 {status} x\r\nContent-Length: 2\r\n\r\nok".encode()))
    assert reason(request(site, store=store, attempts=1)) is Reason.BROKEN_TRANSFER
    assert {one.status for one in store.responses} <= {404}, "only robots.txt is archived"


@pytest.mark.parametrize("status", [201, 299, 599])
def test_an_unusual_status_is_archived(site, status):
    store = MemoryStore()
    site.on("/a", responding(status, b"ok"))
    assert request(site, store=store, attempts=1).failure
    assert store.responses[-1].status == status


def test_whatever_the_protocol_raises_is_a_reject(site, monkeypatch):
    async def fail(*_arguments: object) -> None:
        raise OverflowError("int too large to convert")

    monkeypatch.setattr("httpx.AsyncHTTPTransport.handle_async_request", fail)
    result = request(site, attempts=1)
    assert reason(result) is Reason.BROKEN_TRANSFER
    assert "int too large" in result.failure.detail
