"""SeaweedFS on loopback: a real object store that speaks S3, and reports to nobody."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pyarrow import fs

KEYS = {"AWS_ACCESS_KEY_ID": "wirehouse", "AWS_SECRET_ACCESS_KEY": "only-of-this-test"}
BUCKET = "wire"

_SERVERS = ("master", "volume", "filer", "s3")


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address, such as 127.0.0.1:8333, of a store with one empty bucket."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(2 * len(_SERVERS))]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        ports = [one.getsockname()[1] for one in sockets]
    identity = {
        "name": "test",
        "credentials": [dict(zip(("accessKey", "secretKey"), KEYS.values(), strict=True))],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    config, data = folder / "s3.json", folder / "data"
    config.write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    data.mkdir()
    command: list[str | Path] = [
        Path(sys.executable).with_name("weed"), "server", f"-dir={data}", "-ip=127.0.0.1",
        "-master.telemetry=false", "-master.volumeSizeLimitMB=64", "-volume.max=100", "-filer", "-s3",
        f"-s3.config={config}", "-s3.autoCreateBucket=false", "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        *(f"-{name}.port={port}" for name, port in zip(_SERVERS, ports, strict=False)),
        *(f"-{name}.port.grpc={port}" for name, port in zip(_SERVERS, ports[4:], strict=True)),
    ]  # fmt: skip
    with (folder / "weed.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
        try:
            address = f"127.0.0.1:{ports[3]}"
            _make_bucket(address, process)
            yield address
        finally:
            process.kill()  # it takes half a minute to end by itself
            process.wait(30)


def files(address: str) -> fs.S3FileSystem:
    """The store, for a test to look into."""
    key, secret = KEYS.values()
    return fs.S3FileSystem(
        access_key=key, secret_key=secret, endpoint_override=address, scheme="http",
        region="us-east-1", allow_bucket_creation=True, allow_bucket_deletion=True,
    )  # fmt: skip


def _make_bucket(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            files(address).create_dir(BUCKET)
            # The first write waits for a volume.
            with files(address).open_output_stream(f"{BUCKET}/ready") as file:
                file.write(b"ready")
            files(address).delete_file(f"{BUCKET}/ready")
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)
        else:
            return
