"""The scripts within the pages: the site's own, and the policy by which no others run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.addresses import PAGE_ADDRESSES
from app.web.frame import framed
from app.web.policy import POLICY, hash_of, page_policy
from app.web.texts import PAGES

_INLINE: Final = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_LEVEL: Final = 6  # of compression


class OwnScripts:
    """Sends each page in the site's frame, with a policy that names the inline scripts that the server has put into it.

    Those are Gradio's, with its configuration as JSON whose angle brackets are escaped, and the frame's. Text of
    documents and visitors comes to the page later, by events, so that a script in it is not named.

    Args:
        application: an ASGI application.
    """

    def __init__(self, application: ASGIApp) -> None:
        self._application = application
        self._pages = GZipMiddleware(self._page, compresslevel=_LEVEL)  # Gradio's compression would hide the scripts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        is_page = scope["type"] == "http" and scope["path"] in PAGE_ADDRESSES
        await (self._pages if is_page else self._application)(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        texts = PAGE_ADDRESSES[scope["path"]]
        name = next(page for page in PAGES if texts.address(page) == scope["path"])
        began: Message = {}
        body = bytearray()

        async def send_page(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            told = MutableHeaders(scope=began)
            if body and told.get("content-type", "").startswith("text/html"):
                body[:] = framed(body.decode(), texts, name).encode()
                told[POLICY] = page_policy(_hashes(_INLINE.findall(body)))
                told["content-length"] = str(len(body))
            await send(began)
            await send({"type": "http.response.body", "body": bytes(body)})

        await self._application({**scope, "headers": headers}, receive, send_page)


def _hashes(scripts: Iterable[bytes]) -> list[str]:
    return list(dict.fromkeys(map(hash_of, scripts)))
