"""No template, filter or tag stands without a use."""

import re

from tests.helpers.sandbox_process import PROJECT

TEMPLATES = PROJECT / "templates"
TAGS = PROJECT / "customers" / "dashboard" / "templatetags"


def test_every_part_of_a_page_is_included_somewhere():
    parts = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if path.name.startswith("_") or path.parent.name.startswith("_")
    ]
    sources = written(TEMPLATES, "*.html") + written(PROJECT / "customers", "*.py")

    assert parts
    assert [part for part in parts if f'"{part}"' not in sources] == []


def test_every_filter_and_tag_is_used():
    names = re.findall(
        r"^@register\..*\ndef (\w+)|^register\.filter\(\"(\w+)\"", written(TAGS, "*.py"), re.M
    )
    templates = written(TEMPLATES, "*.html") + written(TEMPLATES, "*.txt")

    assert names
    assert [
        name
        for name in ("".join(pair) for pair in names)
        if not re.search(rf"\|{name}\b|{{% {name}\b", templates)
    ] == []


def written(folder, kind):
    return "\n".join(path.read_text() for path in folder.rglob(kind))
