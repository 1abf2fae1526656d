"""The work of this lab: one real mail to a real SMTP server, the same for every way that a page can ask for it."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from apparatus.mail_ports import port_for_wait


def send_receipt(run_id: str, mail_wait_ms: int) -> None:
    """Send one mail through the server whose seven replies take `mail_wait_ms` together.

    Raises OSError or SMTPException when that server is down, or silent for longer than EMAIL_TIMEOUT seconds.
    """
    connection = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=settings.SMTP_HOST,
        port=port_for_wait(settings.SMTP_BASE_PORT, mail_wait_ms),
        timeout=settings.EMAIL_TIMEOUT,
    )
    mail = EmailMessage(
        subject="Your receipt",
        body="Thank you for your order.",
        from_email="shop@example.org",
        to=["ada@example.org"],
        headers={"X-Brokered-Run": run_id},
        connection=connection,
    )
    mail.send()  # lane: mail
