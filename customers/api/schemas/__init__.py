"""The types of requests and answers, for the OpenAPI document."""
