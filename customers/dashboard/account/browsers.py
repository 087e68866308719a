"""Name the browser and operating system in a User-Agent header."""

# Order matters: most browsers also name the browsers they descend from.
_FAMILIES = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
    "curl/": "curl",
    "python": "Python",
}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iOS",
    "iPad": "iPadOS",
    "Macintosh": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
_LONGEST = 1000  # characters that are read


def browser_of(user_agent: str) -> str:
    """`Firefox, Windows`, or the part that is recognized."""
    said = user_agent[:_LONGEST]
    found = (
        next((name for sign, name in names.items() if sign in said), "")
        for names in (_FAMILIES, _SYSTEMS)
    )
    return ", ".join(filter(None, found))
