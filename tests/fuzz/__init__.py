"""Coverage-guided fuzzing with atheris (extra ``fuzz``), by hand: ``python -m tests.fuzz``."""
