"""The work of this lab: one real mail to a real SMTP server. A plain function; two doors lead to it."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from apparatus.mail_ports import port_for_wait


def send_welcome_mail(run_id: str, mail_wait_ms: int) -> None:
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
        subject="Welcome",
        body="Good to have you here.",
        from_email="course@example.org",
        to=["ada@example.org"],
        headers={"X-Brokered-Run": run_id},
        connection=connection,
    )
    mail.send()  # lane: mail mail
