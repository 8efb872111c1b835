"""Reads what was found for a question: its rows, lists and sentences, and the figures in them that may answer."""
