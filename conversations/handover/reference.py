"""A reference that can be said aloud and copied by hand: « MC-7F3K »."""

# Of signs that look alike one at most: 0 O Q, 1 I, 2 Z, 5 S, 6 G, 8 B, U V.
LETTERS = "23456789ACDEFHJKLMNPRTVWXY"
LENGTH = 4


def new_reference(chance: int) -> str:
    """The reference that a large random number, handed in, stands for."""
    signs = ""
    for _ in range(LENGTH):
        chance, rest = divmod(chance, len(LETTERS))
        signs += LETTERS[rest]
    return f"MC-{signs}"
