"""The models of today under the names that former migrations know them by."""

from typing import Any

from django.apps import apps
from django.db.models import Model

_NAMES = {"View": "Disclosure", "Volume": "HourlyDisclosures", "AnswerTemplate": "ReplyTemplate"}


class FormerModels:
    """What stands in for the models of a former state of the project."""

    def get_model(self, app_label: str, model_name: str | None = None) -> type[Any]:
        app_label, model_name = (
            (app_label, model_name) if model_name else tuple(app_label.split(".", 1))
        )
        model: type[Model] = apps.get_model(app_label, _NAMES.get(model_name, model_name))
        return model


FORMER_MODELS = FormerModels()
