"""Count the typing slips between two texts, up to two: a letter too many, too few or wrong, or two
neighbours swapped (the restricted distance of Damerau and Levenshtein). Pure."""

MOST_SLIPS = 2


def slips(one: str, other: str) -> int:
    """How many, or MOST_SLIPS + 1 for any more."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > MOST_SLIPS:
        return MOST_SLIPS + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, facing in enumerate(other, start=1):
            least = min(
                last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != facing)
            )
            is_swapped = (
                row > 1 and column > 1 and (letter, facing) == (other[column - 2], one[row - 2])
            )
            line.append(min(least, before_last[column - 2] + 1) if is_swapped else least)
        if min(line) > MOST_SLIPS and min(last) > MOST_SLIPS:
            return MOST_SLIPS + 1
        before_last, last = last, line
    return min(last[-1], MOST_SLIPS + 1)
