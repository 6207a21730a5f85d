"""Quantities of a text: what a reader takes for a figure, with its kind, bound and place."""

from papers.checks.quantities.model import Kind, Quantity, same
from papers.checks.quantities.reading import quantities

__all__ = ["Kind", "Quantity", "quantities", "same"]
