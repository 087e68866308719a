"""The room of commands, for cron and operators."""
