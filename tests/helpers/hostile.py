"""Texts that have broken other programs, and arbitrary ones."""

from hypothesis import strategies as st

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    "\"' onmouseover='alert(1)",
    "</title></style></script><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }} {% debug %} ${7*7} #{7*7}",
    "%s %(name)s {0} {name} %d%%",
    '=HYPERLINK("http://evil.invalid","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "+2+3",
    "\t=1+1",
    "\u202e=1+1 txet",
    "\u2066right to left\u2069 \u200b\u200d\ufeff",
    "' OR '1'='1' --",
    "'; DROP TABLE customers_customer; --",
    "../../etc/passwd",
    "..%2f..%2f",
    "%00",
    "a\x00b",
    "a\r\nSet-Cookie: x=y",
    "\ud800",
    "İ" * 300,
    "ﷺ" * 50,
    "9" * 5000,
    "1e400",
    "-0",
    "²",
    "null",
    "[" * 500,
    "((((a+)+)+)+)$" * 20,
    " " * 3000,
)
texts = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=60), st.text(st.characters(codec="ascii"))
)
bytes_of_text = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=60)
)
