"""Tell the family and the system of a browser from what it says of itself, for people to read."""

# In this order: most browsers also name those that they descend from.
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
_LONGEST = 1000  # characters that are looked at


def browser_of(user_agent: str) -> str:
    """`Firefox, Windows`, or as much of it as can be told."""
    said = user_agent[:_LONGEST]
    found = (
        next((name for sign, name in names.items() if sign in said), "")
        for names in (_FAMILIES, _SYSTEMS)
    )
    return ", ".join(filter(None, found))
