"""The room that knows HTTP and Stripe’s shapes; it knows no Django model and no settings."""
