"""What a demonstration country is made from: the same parameters make the same country."""

from dataclasses import asdict, dataclass
from datetime import date
from random import Random

from concordat.kernel.commands import RefusedError


@dataclass(frozen=True, slots=True)
class Parameters:
    """How many partnerships, how many actions in each plan, the seed, and the day around which all dates lie."""

    partnerships: int
    actions: int
    seed: int
    on: date

    def __post_init__(self) -> None:
        if self.partnerships < 1 or self.actions < 1:
            raise RefusedError("Ask for at least 1 partnership and 1 action.")

    def chances(self, number: int) -> Random:
        """The draws of one partnership: they do not depend on how many others there are."""
        return Random(f"{self.seed}/{number}")  # noqa: S311 - a country is drawn, not a secret

    def as_options(self) -> str:
        """The parameters as they are written on the command line."""
        return " ".join(f"--{name} {value}" for name, value in asdict(self).items())
