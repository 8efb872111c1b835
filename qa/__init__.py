"""Understands a question, finds what answers it in an index, and composes a grounded answer."""
