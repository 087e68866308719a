"""HTTP and Stripe's shapes; imports no Django model and no settings."""
