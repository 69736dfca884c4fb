"""Our style sheet, scripts and mark: read once, packed once, and kept by browsers until they change."""

import gzip
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

STATIC = Path(__file__).parent / "static"
KEPT = "public, max-age=31536000, immutable"  # a year: the links carry the digest of the file
LEVEL = 9


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent, plain or packed."""

    kind: str
    content: bytes
    packed: bytes
    digest: str


def add_assets(app: Flask) -> None:
    """Let the application send our files, and its pages link to them with `asset(name)`."""
    assets = read_assets(STATIC)

    def send(filename: str) -> ResponseReturnValue:
        asset = assets.get(filename)
        return abort(404) if asset is None else _answer(asset)

    app.add_url_rule("/static/<path:filename>", "static", send)
    # The link changes when the file does.
    app.jinja_env.globals["asset"] = lambda name: url_for("static", filename=name, v=assets[name].digest)


def read_assets(folder: Path) -> Mapping[str, Asset]:
    """Return the files of a folder by their names."""
    return {path.name: _read(path) for path in folder.iterdir() if path.is_file()}


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(kind, content, gzip.compress(content, LEVEL, mtime=0), sha256(content).hexdigest()[:12])


def _answer(asset: Asset) -> Response:
    packed = bool(request.accept_encodings["gzip"])
    response = Response(asset.packed if packed else asset.content, content_type=f"{asset.kind}; charset=utf-8")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = KEPT
    response.set_etag(asset.digest, weak=True)  # the same file, packed or not
    response.make_conditional(request)
    return response
