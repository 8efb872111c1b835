"""Figures set against each other: sides, years, shares, bounds and what is computed from them."""
