"""Two who write in one text at once: what each of them changed since both had the same is kept."""


def _edit(base: str, changed: str) -> tuple[int, int, str]:
    """What was changed: from where, to where in `base`, and what stands there now."""
    most = min(len(base), len(changed))
    start = next((at for at in range(most) if base[at] != changed[at]), most)
    end = 0
    while end < most - start and base[-1 - end] == changed[-1 - end]:
        end += 1
    return start, len(base) - end, changed[start : len(changed) - end]


def merge(base: str, mine: str, theirs: str) -> str:
    """`base` with both changes. Where both changed the same place, theirs stands first and mine after it."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    my_start, my_end, my_words = _edit(base, mine)
    their_start, their_end, their_words = _edit(base, theirs)
    if their_end <= my_start:
        between = base[their_end:my_start] or _joint(their_words, my_words)
        return base[:their_start] + their_words + between + my_words + base[my_end:]
    if my_end <= their_start:
        return base[:my_start] + my_words + base[my_end:their_start] + their_words + base[their_end:]
    start, end = min(my_start, their_start), max(my_end, their_end)
    # The stretch that both touched, as each of them left it.
    ours = base[start:my_start] + my_words + base[my_end:end]
    other = base[start:their_start] + their_words + base[their_end:end]
    return base[:start] + other + _joint(other, ours) + ours + base[end:]


def _joint(first: str, second: str) -> str:
    """What keeps the words of two apart that stand side by side."""
    return " " if first and second and not first[-1].isspace() and not second[0].isspace() else ""
