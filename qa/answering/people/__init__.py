"""Who works for a municipality, holds its offices and sits in its committees."""
