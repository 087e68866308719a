"""What on a page is wider than its box, so that its end is cut off."""

# Of all that the first selector finds, without what the second does.
CUT = """([bound, free]) => [...document.querySelectorAll(bound)]
    .filter((it) => it.checkVisibility() && !it.closest(free))
    .filter((it) => it.scrollWidth > it.clientWidth + 1)
    .map((it) => `${it.className}: ${it.innerText}`)"""
