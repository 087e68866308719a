"""Patterns for clues in plain ticket text, and for lookalikes."""

import re

_GAP_IN_ID = r"(?:\s?-{1,2}\s?|\s)"
ORG_ID = re.compile(
    rf"(?<![\w-])[0-9a-f]{{8}}(?:{_GAP_IN_ID}[0-9a-f]{{4}}){{3}}{_GAP_IN_ID}[0-9a-f]{{12}}(?![\w@-])",
    re.I,
)
# An entry in a list of org ids that are not UUIDs.
LISTED_ID = re.compile(r"(?=.*[0-9])(?=.*[^\W\d]|.*-)[\w.~-]{4,200}")
# A soft hyphen in place of a hyphen in an org id.
SOFT_HYPHEN = re.compile(
    "\u00ad(?=[0-9])|(?<=[0-9])\u00ad|(?<=[0-9a-f]{4})\u00ad(?=[0-9a-f]{4})", re.I
)
MESSAGE_IDS = re.compile(
    r"\b(?:message-id|in-reply-to|references)\s?:\s?(?:<[^<>\s]{1,250}>\s?)+", re.I
)
CUSTOMER_ID = re.compile(r"(?<![\w])cus_[A-Za-z0-9]{1,250}")
EMAIL = re.compile(r"(?<![\w%+])[\w%+][\w.%+'-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")

_MONTHS = (
    *("jan", "feb", "m[aä]r", "apr", "ma[iy]", "jun"),
    *("jul", "aug", "sep", "o[ck]t", "nov", "de[cz]"),
)
_NAME_OF_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-zä]{{0,7}}\.?"
_EXPIRES = (
    r"(?:exp(?:ir(?:y|es|ed|ing|ation))?\b\.?|valid (?:thru|through|until|till|to)|good thru"
    r"|gültig bis|läuft|ablauf(?:datum)?)"
)
EXPIRES_IN = re.compile(
    rf"{_EXPIRES}(?: date| on| in| at the end of)?[\s:]{{0,3}}"
    rf"(?:(?P<month>1[0-2]|0?[1-9])\s?[/.-]\s?|(?P<name>{'|'.join(_MONTHS)})[a-zä]{{0,7}}\.?\s)"
    r"(?P<year>(?:20)?[0-9]{2})(?![0-9])(?![/.-][0-9])",
    re.I,
)
MONTH_AND_YEAR = re.compile(
    r"(?<![\w/.-])(?P<month>1[0-2]|0?[1-9])\s?/\s?(?P<year>(?:20)?[0-9]{2})(?![\w/])"
)

# Digits grouped as on a card, and any other digits that may be a card number.
CARD_NUMBER = re.compile(
    r"(?<![\w.+-])(?:[2-6][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}\1[0-9]{4}"
    r"|3[0-9]{3}([ -]?)[0-9]{6}\2[0-9]{4,5})(?![\w-])"
)
LONG_NUMBER = re.compile(r"(?<![\w.+])[2-6](?:[ -]?[0-9]){12,18}(?!\w)")
# As payment_method.py spells them.
BRANDS = {
    "Visa": r"visa",
    "MasterCard": r"master ?card",
    "American Express": r"amex|american express",
    "Diners Club": r"diners(?: club)?",
    "JCB": r"jcb",
    "UnionPay": r"union ?pay",
    "Discover": r"discover(?= ?(?:card|end|[•*x.0-9]))",
}
_A_BRAND = "|".join(BRANDS.values())
_DIGITS = r"(?P<last4>[0-9]{4})(?!\w)(?![.,:/-][0-9])(?! [0-9]{3})"
_ENDING = r"end(?:s|ing)?(?: in| with| on)?(?: the)?(?: digits)?|ende(?:t|nd)?(?: auf| mit)?"
ENDING = re.compile(rf"\b(?:{_ENDING})[ :=#]{{1,3}}x?{_DIGITS}", re.I)
SAID = re.compile(
    rf"(?:(?:\bcard|karte|\b(?:{_A_BRAND}))(?: (?:no\.?|number|nr\.?|nummer|{_ENDING}))?"
    r"|\blast ?(?:four|4)(?: digits| numbers)?(?: are| is)?"
    rf"|\bendziffern?|\bletzten? (?:vier|4)(?: ziffern| stellen)?)[ :=#]{{1,3}}x?{_DIGITS}",
    re.I,
)
MASKED = re.compile(rf"(?<!\w)(?:(?:[•*●·∙x][ -]?){{2,40}}|\.{{2,9}} ?|[•*●∙]){_DIGITS}", re.I)
BESIDE_EXPIRY = re.compile(rf"(?<!\w)(?P<last4>[0-9]{{4}})[\s,;(]{{1,3}}(?={_EXPIRES})", re.I)
BARE = re.compile(rf"(?<![\w€$£./:,+#-]){_DIGITS}", re.I)

_CURRENCY = r"usd|eur|gbp|chf|cad|aud|jpy"
_NUMBERED = (
    r"ticket|case|request|order|invoice|inv|ref|reference|po|rma|receipt|incident|issue|room|suite"
    r"|zip|plz|box|rechnung(?:snummer)?|bestell(?:ung|nummer)|fall|vorgang|auftrag|kundennummer"
)
_PHONE = r"ext|extension|durchwahl|dw|tel|telephone|telefon|phone|fon|fax|mobile?|cell|call|hotline"
# Digits that are not the last four of a card.
OTHER_NUMBERS = (
    re.compile(
        rf"(?:\b[0-9]{{1,2}}(?:\.|st|nd|rd|th)? )?\b{_NAME_OF_MONTH},?"
        r" (?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?(?:19|20)[0-9]{2}\b",
        re.I,
    ),
    re.compile(
        rf"(?:{_EXPIRES}|\b(?:(?<!ends )(?<!ending )in|since|from|of|until|year|seit|bis|jahr))"
        r" (?:19|20)[0-9]{2}\b",
        re.I,
    ),
    re.compile(
        rf"(?:[$€£¥]|\b(?:{_CURRENCY})) ?[0-9][0-9.,']*|(?<!\w)[0-9][0-9.,']* ?"
        rf"(?:[$€£¥%]|(?:{_CURRENCY}|dollars?|euros?|pounds?|cents?)\b)",
        re.I,
    ),
    re.compile(
        rf"\b(?:{_NUMBERED})[.:]{{0,2}} ?(?:(?:no|nr|number|id)\b[.:]{{0,2}} ?)?#? ?[0-9][\w/-]*",
        re.I,
    ),
    re.compile(r"# ?[0-9][\w/-]*"),
    re.compile(rf"\b(?:(?:{_PHONE})\b[.:]{{0,2}} ?|x ?)\+?\(?[0-9][0-9 ()/.-]*", re.I),
    re.compile(r"(?<!\w)\+?\(?[0-9]+\)?(?:[ ./()-]{1,3}[0-9]+\)?)+(?!\w)"),
)


def month_of(name: str) -> int:
    months = enumerate(_MONTHS, start=1)
    return next(number for number, month in months if re.fullmatch(month, name.lower()))
