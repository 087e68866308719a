"""The app: one Stripe customer an organization, relayed by the upstream and kept as rows."""
