"""Where a lake lies: a folder, or a bucket of object storage that speaks S3; see `core.sources`."""

import json
import os
import re
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pyarrow import fs

from tasks.core.errors import UsageError
from tasks.core.files import replace_atomically
from tasks.core.sources import bucket_files
from tasks.warehouse.connect import Connection
from tasks.warehouse.sql import run_file, run_with_path

_MANIFEST = "lake.json"
_OURS = re.compile(r"(warehouse|data)-\d{8}T\d{6}Z-[0-9a-f]{6}(\.ducklake)?", re.ASCII)


class LakeStorage:
    def __init__(self, lake: str) -> None:
        """Name it by `WIREHOUSE_LAKE`; nothing is read yet."""
        parts = urlsplit(lake)
        self.is_remote = parts.scheme == "s3"
        self.root = (parts.netloc + parts.path).rstrip("/") if self.is_remote else lake
        self._options: dict[str, Any] = dict(parse_qsl(parts.query)) if self.is_remote else {}
        self._files: fs.FileSystem = (
            bucket_files(parts.query) if self.is_remote else fs.LocalFileSystem()
        )

    def address(self, name: str) -> str:
        """Where DuckDB and others find a file or folder."""
        return f"{'s3://' if self.is_remote else ''}{self.root}/{name}"

    @property
    def secret(self) -> dict[str, Any]:
        """What DuckDB must be given to reach it; the keys are empty where there are none."""
        keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
        key_id, key, token = (os.environ.get(name, "") for name in keys)
        regions = (os.environ.get(name) for name in ("AWS_REGION", "AWS_DEFAULT_REGION"))
        region = self._options.get("region") or next(filter(None, regions), "us-east-1")
        endpoint = self._options.get("endpoint_override")
        return {
            "key_id": key_id,
            "key": key,
            "token": token,
            "region": region,
            "endpoint": endpoint or f"s3.{region}.amazonaws.com",
            "url_style": "path" if endpoint else "vhost",
            "use_ssl": self._options.get("scheme") != "http",
        }

    def connect(self, connection: Connection) -> None:
        """Load DuckDB's extensions from their packages, and give it the keys."""
        for name in ("ducklake", "httpfs") if self.is_remote else ("ducklake",):
            package = find_spec(f"duckdb_extension_{name}")
            if package is None:
                raise UsageError(
                    "WIREHOUSE_LAKE needs packages that are not installed (duckdb-extension-"
                    f"{name}). Install them: .venv/bin/python -m pip install -e '.[lake]'"
                )
            folders = map(Path, package.submodule_search_locations or ())
            ((path,),) = (one.glob(f"extensions/*/{name}.duckdb_extension") for one in folders)
            run_with_path(connection, "lake/load.sql", path)
        if self.is_remote:
            run_file(connection, "lake/create_secret.sql", **self.secret)

    def read_manifest(self) -> dict[str, Any]:
        """What was last published; empty where nothing was."""
        try:
            with self._files.open_input_file(f"{self.root}/{_MANIFEST}") as file:
                manifest: dict[str, Any] = json.loads(file.read())
        except FileNotFoundError:
            bucket = self.root.partition("/")[0]
            if self.is_remote and self._files.get_file_info(bucket).type == fs.FileType.NotFound:
                raise FileNotFoundError(f"there is no bucket {bucket}") from None
            return {}
        for one in (manifest, *manifest["former"]):
            if not (_OURS.fullmatch(one["catalog"]) and _OURS.fullmatch(one["data"])):
                raise ValueError(f"{_MANIFEST} there is damaged. Remove it")
        return manifest

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Publish what it names, at once."""
        data = (json.dumps(manifest, indent=1) + "\n").encode()
        if self.is_remote:
            with self._files.open_output_stream(f"{self.root}/{_MANIFEST}") as file:
                file.write(data)
        else:
            with replace_atomically(Path(self.root) / _MANIFEST) as temporary:
                temporary.write_bytes(data)

    def upload(self, path: Path, name: str) -> None:
        """Copy a file there, under a name that nothing refers to yet."""
        fs.copy_files(
            str(path),
            f"{self.root}/{name}",
            source_filesystem=fs.LocalFileSystem(),
            destination_filesystem=self._files,
        )

    def list_files(self, folder: str) -> list[str]:
        """The files of a folder and of those in it, such as `ops/articles/1.parquet`."""
        start = f"{self.root}/{folder}"
        found = self._files.get_file_info(fs.FileSelector(start, recursive=True))
        return sorted(one.path.removeprefix(f"{start}/") for one in found if one.is_file)

    def remove_others(self, kept: Collection[str]) -> None:
        """Remove every catalogue and data folder but those of these names."""
        for one in self._files.get_file_info(fs.FileSelector(self.root)):
            if _OURS.fullmatch(one.base_name) and one.base_name not in kept:
                if one.is_file:
                    self._files.delete_file(one.path)
                else:
                    self._files.delete_dir(one.path)
