"""What programs ask over HTTP: the JSON API."""
