"""What accounts follow, what they were told, and how they want to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import NOTIFIED_ACTIONS, MailPace, WatchedNoun
from claims.domain.refs import ARTICLE, CLAIM, SOURCE, SUBJECT, format_ref
from claims.querysets.notification import (
    MailChoiceQuerySet,
    NotificationQuerySet,
    WatchQuerySet,
)

NAMED = 5  # rows that a line names; the others are counted
_LETTERS: dict[str, str] = {
    WatchedNoun.CLAIM: CLAIM,
    WatchedNoun.SOURCE: SOURCE,
    WatchedNoun.SUBJECT: SUBJECT,
    WatchedNoun.ARTICLE: ARTICLE,
}


class Watch(models.Model):
    """An account follows a row, or (``is_on`` false) wants no word of one that it wrote on.

    An account's own list: it says nothing about the row, so it has no history and no act.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="watches")
    noun = models.CharField(max_length=10, choices=WatchedNoun)
    number = models.PositiveBigIntegerField()
    is_on = models.BooleanField(default=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(name="watch_row_idx", fields=["noun", "number"])]
        constraints = [
            models.CheckConstraint(
                name="watch_noun_is_known", condition=Q(noun__in=WatchedNoun.values)
            ),
            models.UniqueConstraint(
                name="watch_is_kept_once", fields=["account", "noun", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.number}"


class Notification(models.Model):
    """One line that tells an account what somebody did to rows that concern it.

    ``numbers`` are those of the rows, each once, the first told first; ``has_more`` says that
    there were more than are kept. ``gist`` is a digest of what the line says besides its rows:
    the same gist, not read and not mailed yet, takes up more rows.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications"
    )
    action = models.CharField(max_length=20, choices=NOTIFIED_ACTIONS)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    noun = models.CharField(max_length=10, choices=WatchedNoun)
    numbers = models.JSONField()
    has_more = models.BooleanField(default=False)
    words = models.TextField()
    gist = models.CharField(max_length=64)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(name="notification_account_idx", fields=["account", "id"]),
            models.Index(
                name="notification_unread_idx",
                fields=["account", "gist"],
                condition=Q(read_at__isnull=True),
            ),
            models.Index(
                name="notification_unmailed_idx",
                fields=["account", "id"],
                condition=Q(read_at__isnull=True, mailed_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notification_noun_is_known", condition=Q(noun__in=WatchedNoun.values)
            ),
            models.CheckConstraint(
                name="notification_action_is_known",
                condition=Q(action__in=[value for value, _label in NOTIFIED_ACTIONS]),
            ),
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.named)} {self.rest}".strip() + f": {self.deed}"

    @property
    def named(self) -> list[str]:
        """The references of the rows that it names, the first told first."""
        return [format_ref(_LETTERS[self.noun], number) for number in self.numbers[:NAMED]]

    @property
    def deed(self) -> str:
        """What was done and by whom, in words; an event without an actor is the machine's."""
        done = str(self.get_action_display())
        if self.actor is None:
            return done
        return _("%(done)s by %(who)s") % {"done": done, "who": self.actor.username}

    @property
    def rest(self) -> str:
        """How many rows a line tells of beside those that it names; empty when it names all."""
        left = len(self.numbers) - NAMED
        if self.has_more:
            return _("and more than %(count)d others") % {"count": left}
        if left <= 0:
            return ""
        return ngettext("and %(count)d other", "and %(count)d others", left) % {"count": left}


class MailChoice(models.Model):
    """How soon an account gets by mail what it was told; without a row it gets no mail.

    ``language`` is one of the site's, empty for the site's own.

    ``batch_at`` is the ``mailed_at`` of the lines that are being sent, empty when they are;
    ``tried_at`` is when somebody began to send them last.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mail_choice"
    )
    pace = models.CharField(max_length=10, choices=MailPace, default=MailPace.NEVER)
    language = models.CharField(max_length=10, blank=True, default="")
    mailed_at = models.DateTimeField(null=True)
    batch_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="mailchoice_pace_is_known", condition=Q(pace__in=MailPace.values)
            ),
            models.CheckConstraint(
                name="mailchoice_batch_was_tried",
                condition=Q(batch_at__isnull=True) | Q(tried_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.pace
