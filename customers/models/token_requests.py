"""How many requests an API token has made in the latest minute that it was used in."""

from django.db import models

from customers.models.api_token import ApiToken


class TokenRequests(models.Model):
    token = models.OneToOneField(ApiToken, models.CASCADE, primary_key=True, related_name="+")
    minute = models.BigIntegerField()  # minutes since 1970
    count = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} requests of token {self.token_id}"
