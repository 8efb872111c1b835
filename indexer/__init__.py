"""Turns municipal documents into passages, tables, facts and an index on disk; knows nothing of questions."""
