"""Who sits at this computer."""

import getpass


def user_name() -> str:
    """The name of the system's user; ``unknown`` where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
