"""What operators watch and keep: metrics, health, retention, backups."""
