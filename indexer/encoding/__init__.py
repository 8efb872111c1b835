"""The default embedding model: from the weights that a registry package ships to a folder that can be opened."""
