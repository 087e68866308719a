"""Why the last attempt failed, as a code and its parameters."""

from typing import Any

from django.db import models

from customers.upstream.message import Message


class LastError(models.Model):
    last_error_code = models.CharField(max_length=64, blank=True)
    last_error_params = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def last_error(self) -> Message:
        return Message.of(self.last_error_code, **self.last_error_params)

    @last_error.setter
    def last_error(self, error: Message) -> None:
        for name, value in error_columns(error).items():
            setattr(self, name, value)


def error_columns(error: Message) -> dict[str, Any]:
    return {"last_error_code": error.code, "last_error_params": dict(error.params)}
