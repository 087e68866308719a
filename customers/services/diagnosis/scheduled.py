"""Whether the commands of the schedule run."""

from customers.services.diagnosis.finding import Finding, ok, warning
from customers.services.operations.schedule import overdue

_NAME = "schedule"


def overdue_commands() -> list[Finding]:
    late = overdue()
    if not late:
        return [ok(_NAME, "No scheduled command is overdue.")]
    return [
        warning(
            _NAME,
            f"Overdue by the schedule: {', '.join(command.name for command in late)}.",
            "See that cron, the timers or the scheduler runs, and look at /schedule/.",
        )
    ]
