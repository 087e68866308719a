"""What an organization's page says: summary, subscriptions, replies, notes; and the CSV import."""
