"""The web view over HTTP: files below one folder, and nothing else."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from websockets.datastructures import Headers
from websockets.http11 import Response

WEB_VIEW = Path(__file__).resolve().parent.parent / "web_view" / "dist"

# The system's own table differs from machine to machine, and browsers refuse modules of the wrong type.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".txt": "text/plain; charset=utf-8",
}
_NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>SynthVR</title>"
    "<h1>SynthVR plays, but its web view has not been built.</h1>"
    "<p>In a checkout, <code>make run</code> builds it. Clients can connect to <code>/socket</code> all the same."
)


METHODS = ("GET", "HEAD")


def headers_only(answer: Response) -> Response:
    """The answer to HEAD: that to GET, without its body."""
    return replace(answer, body=b"")


def refusal(begin: bytes) -> Response | None:
    """What to say to a request that begins so, of which more may come; None where it may go on.

    Whatever it goes on with is not read: the websocket library knows no requests with a body.
    """
    if any(f"{method} ".encode().startswith(begin[: len(method) + 1]) for method in METHODS):
        return None
    if not re.fullmatch(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+( .*)?", begin, re.DOTALL):
        return page(HTTPStatus.BAD_REQUEST, "<!doctype html><title>SynthVR</title><p>This is no HTTP.")
    answer = page(HTTPStatus.METHOD_NOT_ALLOWED, "<!doctype html><title>SynthVR</title><p>Only to be read: use GET.")
    answer.headers["Allow"] = ", ".join(METHODS)
    return answer


def respond(path: str, folder: Path = WEB_VIEW) -> Response:
    """The answer to ``GET path``."""
    if not (folder / "index.html").is_file():
        return page(HTTPStatus.SERVICE_UNAVAILABLE, _NOT_BUILT)
    file = find(path, folder)
    if file is None:
        return page(HTTPStatus.NOT_FOUND, "<!doctype html><title>SynthVR</title><p>There is no such page.")
    try:
        body = file.read_bytes()
    except OSError:
        return page(HTTPStatus.NOT_FOUND, "<!doctype html><title>SynthVR</title><p>This page cannot be read.")
    # The build puts a hash into the name of everything below assets/.
    cache = "public, max-age=31536000, immutable" if "assets" in file.relative_to(folder).parts[:1] else "no-cache"
    return _response(HTTPStatus.OK, content_type(file), body, cache)


def find(path: str, folder: Path) -> Path | None:
    """The file that a request's path names, or None; never one outside the folder."""
    wanted = unquote(path.partition("?")[0]).lstrip("/") or "index.html"
    if "\0" in wanted or "\\" in wanted:
        return None
    try:
        file = (folder / wanted).resolve()
        return file if file.is_file() and file.is_relative_to(folder.resolve()) else None
    except OSError:  # a name longer than any file's
        return None


def content_type(file: Path) -> str:
    """The MIME type of a file."""
    return _TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def page(status: HTTPStatus, html: str) -> Response:
    """A page made of a few words."""
    return _response(status, _TYPES[".html"], html.encode(), "no-cache")


def _response(status: HTTPStatus, kind: str, body: bytes, cache: str) -> Response:
    headers = Headers(
        {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": cache,
            "X-Content-Type-Options": "nosniff",
            "Connection": "close",
        }
    )
    return Response(status.value, status.phrase, headers, body)
