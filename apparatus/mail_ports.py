"""Which port of the course's SMTP server is for what: the base port is the mailbox, each one after it a wait."""

WAIT_STEP_MS = 50
WAIT_MAX_MS = 1400
WAITS_MS = range(0, WAIT_MAX_MS + 1, WAIT_STEP_MS)
BLOCK_SIZE = 1 + len(WAITS_MS)
DEFAULT_BASE_PORT = 2525


def port_for_wait(base_port: int, mail_wait_ms: int) -> int:
    """The port on which one whole mail takes `mail_wait_ms`. Raises ValueError naming the bounds for another wait."""
    if mail_wait_ms not in WAITS_MS:
        bounds = f"0 to {WAIT_MAX_MS} ms in steps of {WAIT_STEP_MS}"
        raise ValueError(f"the mail's wait must be {bounds}, not {mail_wait_ms}")
    return base_port + 1 + mail_wait_ms // WAIT_STEP_MS
