"""Measures retrieval, answers and tables on questions written by hand."""
