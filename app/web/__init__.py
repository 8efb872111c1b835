"""The web app: pages in Turkish and English whose every figure is shown in its place in the document."""

from app.web.ask.feedback import Feedback
from app.web.metrics import Metrics
from app.web.server import is_public, open_listener, serve, web_application
from app.web.site import build_page

__all__ = ["Feedback", "Metrics", "build_page", "is_public", "open_listener", "serve", "web_application"]
