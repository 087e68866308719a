"""The compressed body of the last answer, apart from Customer to keep its rows narrow."""

import json
import zlib
from typing import Any

from django.db import models

from customers.models.customer import Customer


class Payload(models.Model):
    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True)
    compressed = models.BinaryField()

    def __str__(self) -> str:
        return f"payload of {self.customer_id}"

    @staticmethod
    def compress(body: bytes) -> bytes:
        return zlib.compress(body, level=1)

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.compressed)

    @property
    def decoded(self) -> Any:
        return json.loads(self.body)
