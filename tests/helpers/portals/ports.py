import socket


def free_port() -> int:
    """On this machine alone; free until somebody takes it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
