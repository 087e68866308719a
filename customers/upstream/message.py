"""What to tell a person, as a code and its parameters; services/wording puts it into words."""

from dataclasses import dataclass

Value = str | int


@dataclass(frozen=True, slots=True)
class Message:
    """Empty, and false, when there is nothing to tell. No parameter holds a secret."""

    code: str = ""
    params: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, code: str, /, **params: Value) -> "Message":
        """In one order, so that equal messages count as one."""
        return cls(code, tuple(sorted(params.items())))

    def __bool__(self) -> bool:
        return bool(self.code)

    def __str__(self) -> str:
        return " ".join((self.code, *(f"{name}={value}" for name, value in self.params)))


class MessageError(Exception):
    """An error that tells what went wrong; its text in logs and tracebacks is the code."""

    def __init__(self, code: str, /, **params: Value) -> None:
        self.message = Message.of(code, **params)
        super().__init__(str(self.message))
