"""Read a Dockerfile: its stages, and the steps of each."""

import json
import re
from dataclasses import dataclass, field

_STAGE = re.compile(r"(\S+) AS (\S+)")


@dataclass(frozen=True, slots=True)
class Step:
    instruction: str
    text: str


@dataclass(slots=True)
class Stage:
    base: str
    steps: list[Step] = field(default_factory=list)

    def texts(self, instruction: str) -> list[str]:
        return [step.text for step in self.steps if step.instruction == instruction]

    @property
    def environment(self) -> dict[str, str]:
        """Of ENV, and of ARG where it has a default."""
        pairs = (
            pair for name in ("ARG", "ENV") for text in self.texts(name) for pair in text.split()
        )
        return dict(pair.split("=", 1) for pair in pairs if "=" in pair)

    @property
    def command(self) -> list[str]:
        return list(json.loads(self.texts("CMD")[-1]))

    @property
    def health_check(self) -> list[str]:
        return list(json.loads(self.texts("HEALTHCHECK")[-1].partition("CMD ")[2]))


def stages(text: str) -> dict[str, Stage]:
    """By name, in their order; the last is what is built unless another is named."""
    found: dict[str, Stage] = {}
    without_comments = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for line in re.sub(r"\\\n", " ", without_comments).splitlines():
        instruction, _, rest = line.strip().partition(" ")
        if instruction == "FROM":
            named = _STAGE.fullmatch(rest)
            assert named, f"a stage has no name: {line}"
            found[named[2]] = Stage(named[1])
        elif instruction:
            list(found.values())[-1].steps.append(Step(instruction, rest.strip()))
    return found
