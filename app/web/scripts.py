"""The scripts within the pages: the site's own, and the policy by which no others run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.addresses import PAGE_ADDRESSES
from app.web.policy import POLICY, hash_of, page_policy
from qa.records import Language

# Gradio puts the browser's language in the place of the page's, and its base address would lead a link to a place of
# the page to the page without its query.
_SCRIPT: Final = """
const keepLanguage = () => {
  if (document.documentElement.lang !== pageLanguage) document.documentElement.lang = pageLanguage;
};
keepLanguage();
new MutationObserver(keepLanguage).observe(document.documentElement, {attributeFilter: ['lang']});
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.hash = link.hash;
  document.getElementById(link.hash.slice(1))?.focus();
});
"""
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_LEVEL = 6  # of compression


def page_script(language: Language) -> str:
    """The script of every page, which Gradio puts into its head.

    Args:
        language: of the page.
    """
    return f'const pageLanguage = "{language}";{_SCRIPT}'


class OwnScripts:
    """Sends each page with a policy that names the inline scripts that the server has put into it.

    Those are Gradio's, with its configuration as JSON whose angle brackets are escaped, and :func:`page_script`. Text
    of documents and visitors comes to the page later, by events, so that a script in it is not named.

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
            if Headers(scope=began).get("content-type", "").startswith("text/html"):
                own = page_script(PAGE_ADDRESSES[scope["path"]].language).encode()
                MutableHeaders(scope=began)[POLICY] = page_policy(_hashes([*_INLINE.findall(body), own]))
            await send(began)
            await send({"type": "http.response.body", "body": bytes(body)})

        await self._application({**scope, "headers": headers}, receive, send_page)


def _hashes(scripts: Iterable[bytes]) -> list[str]:
    return list(dict.fromkeys(map(hash_of, scripts)))
