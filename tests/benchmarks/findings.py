"""What a measurement found, and whether it holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the table: what was measured, the figure, its bound, and whether it holds."""

    promise: str
    found: str
    bound: str
    holds: bool
    detail: str  # the figures it was made of


def at_least(bound: float, promise: str, ratio: float, detail: str) -> Finding:
    return Finding(
        promise=promise,
        found=f"{ratio:.1f} x",
        bound=f">= {bound:g}",
        holds=ratio >= bound,
        detail=detail,
    )


def at_most(bound: float, promise: str, ratio: float, detail: str) -> Finding:
    return Finding(
        promise=promise,
        found=f"{ratio:.2f} x",
        bound=f"<= {bound:g}",
        holds=ratio <= bound,
        detail=detail,
    )
