"""Made-up names of clinics, health-technology companies and people."""

import json
from pathlib import Path
from random import Random

WORDS: dict[str, list[str]] = json.loads((Path(__file__).parent / "data/names.json").read_text())
LEGAL_FORMS = ("", "", "", "", ", Inc.", ", LLC", ", P.C.")


def organization_name(rng: Random) -> str:
    words = (rng.choice(WORDS[part]) for part in ("first", "second", "last"))
    return " ".join(words) + rng.choice(LEGAL_FORMS)


def organization_description(rng: Random) -> str:
    return f"{rng.choice(WORDS['trade'])}, {rng.randrange(2, 400)} staff"


def person_name(rng: Random) -> str:
    return f"{rng.choice(WORDS['given'])} {rng.choice(WORDS['family'])}"
