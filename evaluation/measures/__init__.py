"""The measures: each a small declarative unit with its reference; the numbers are made nowhere else."""
