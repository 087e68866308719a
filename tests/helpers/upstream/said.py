"""All that an error says, in any way."""

from customers.upstream.transport import Limits

IMPATIENT = Limits(connect=1, read=0.3, deadline=0.6, retries=0)


def everything_said_by(error):
    """The words of an error and of all that led to it."""
    said = ""
    while error is not None:
        said += f"{error} {error!r} {error.args}"
        error = error.__cause__ or error.__context__
    return said
