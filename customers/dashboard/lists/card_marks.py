"""Which drawing of static/icons/cards.svg stands for which brand of card."""

_MARKS = {
    "Visa": "visa",
    "Mastercard": "mastercard",
    "American Express": "amex",
    "Discover": "discover",
    "Diners Club": "diners",
    "JCB": "jcb",
    "UnionPay": "unionpay",
}


def mark_of(brand: str) -> str:
    """The name of the drawing; `other` for a brand without one."""
    return _MARKS.get(brand, "other")
