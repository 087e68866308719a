"""The app: one Stripe customer per organization, fetched from Catalyze and stored."""
