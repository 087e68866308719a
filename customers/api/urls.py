from django.urls import path

from customers.api.mcp.endpoint import mcp
from customers.api.v1 import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("mcp", mcp, name="mcp"),
]
