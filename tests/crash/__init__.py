"""Proof that an index loses nothing: killed, failed, damaged, and written by two at once, over a small folder.

    python -m tests.crash kill [--runs 100] [--real]     kill -9 at random moments of each command
    python -m tests.crash fail                           every write, flush, rename and unlink fails, and kills
    python -m tests.crash full                           a disk that is full, for real (as root: a small tmpfs)
    python -m tests.crash damage [--places 500]          every file of an index flipped and cut
    python -m tests.crash together                       two indexings at once; a reader through 20 generations
    python -m tests.crash adding [--runs 3]              a sixth document beside five, against it alone

Each prints what it found and ends with status 1 where a promise is broken. Only ``adding`` and ``kill --real`` load
the embedding model; the others take bags of words instead.
"""
