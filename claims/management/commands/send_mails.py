"""Send the mails about notifications that are due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.mailing import is_mail_on, send_due


class Command(BaseCommand):
    """``send_mails``: run it every few minutes; doing it twice sends nothing twice."""

    help = (
        "Send the mails about notifications that are due: at once, daily or weekly, as each "
        "account chose. Exit code 0 when all are sent, 1 when the mail server refused one; the "
        "others follow with the next run."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_mail_on():
            raise CommandError("This site sends no mail: set EMAIL_URL.")
        count = 0
        try:
            for username in send_due():
                count += 1
                self.stderr.write(f"{username}: sent")
        except OSError as error:
            raise CommandError(f"The mail server refused: {error}. {count} sent.") from None
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {count} sent; run it again to go on.") from None
        self.stdout.write(f"{count} mails sent.")
