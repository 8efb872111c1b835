"""English questions: told from Turkish ones, and put into the Turkish words of plans and reports.

The translation is made by a lexicon and a shallow grammar: enough for retrieval and for understanding, and never
shown as an answer.
"""

from qa.english.detection import is_english
from qa.english.sentence import to_turkish

__all__ = ["is_english", "to_turkish"]
