"""The work, as plain functions. Nothing in here knows a request, a task or a queue."""


def send_welcome(member_pk):
    """Send the member with this primary key their welcome mail."""
    # TODO, step 1: send the mail that the view sends now.
    # TODO, step 3: not when they have it already, and so that a second copy can be told from a second mail.
    raise NotImplementedError
