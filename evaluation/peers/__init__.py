"""Other engines on the same documents: hybrid pipelines of txtai, LlamaIndex and Haystack with our encoder.

    python -m evaluation.peers BEIR_FOLDER --output RUNS

Each engine lives in a virtual environment of its own and answers in a process of its own, without the network. What
runs there (:mod:`evaluation.peers.worker` and what it imports) knows the standard library and that engine only.
"""
