"""Commands for cron and operators."""
