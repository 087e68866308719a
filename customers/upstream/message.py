"""A message for people, as a code and parameters; services/wording puts it into words."""

from dataclasses import dataclass

Value = str | int


@dataclass(frozen=True, slots=True)
class Message:
    """Empty, and false, if there is nothing to say. Parameters contain no secrets."""

    code: str = ""
    params: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, code: str, /, **params: Value) -> "Message":
        """Sorted, so that equal messages count as one."""
        return cls(code, tuple(sorted(params.items())))

    def __bool__(self) -> bool:
        return bool(self.code)

    def __str__(self) -> str:
        return " ".join((self.code, *(f"{name}={value}" for name, value in self.params)))


class MessageError(Exception):
    """In logs and tracebacks its text is the code."""

    def __init__(self, code: str, /, **params: Value) -> None:
        self.message = Message.of(code, **params)
        super().__init__(str(self.message))
