"""The kinds of answer, one module each, tried in the order that ``order.py`` says; a draft is what each gives."""
