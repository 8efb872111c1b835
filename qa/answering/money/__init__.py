"""Budgets, income, expenses and the money of units."""
