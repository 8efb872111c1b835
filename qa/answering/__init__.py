"""Composes an answer from what was found; one module a kind of answer, tried in the order that ``order.py`` says."""

from qa.answering.composer import Composer
from qa.answering.draft import Draft

__all__ = ["Composer", "Draft"]
