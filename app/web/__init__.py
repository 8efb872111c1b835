"""The web app: a chat in Turkish whose every figure is shown in its place in the document."""

from app.web.page import QuestionEngine, build_app
from app.web.server import open_listener, serve, web_application

__all__ = ["QuestionEngine", "build_app", "open_listener", "serve", "web_application"]
