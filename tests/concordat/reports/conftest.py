"""A small partnership with people in every role, on one day."""

from tests.concordat.workspace.conftest import TODAY, Place, _today, as_, place

__all__ = ["TODAY", "Place", "_today", "as_", "place"]
