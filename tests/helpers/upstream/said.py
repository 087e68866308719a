"""All that an error says, in any way."""


def everything_said_by(error):
    """The messages of an error and its causes."""
    said = ""
    while error is not None:
        said += f"{error} {error!r} {error.args}"
        error = error.__cause__ or error.__context__
    return said
