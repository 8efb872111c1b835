"""Decides whether a draft may be shown; and where it may not, says what is missing and what is held instead."""
