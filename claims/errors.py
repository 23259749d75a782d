"""Every refusal by name. Knows nothing of HTTP; each door translates the code for its users."""

from __future__ import annotations

from collections.abc import Sequence


class RefusalError(Exception):
    """Something was asked that factbase does not do; the message says where and what to do.

    ``code`` is stable and made for programs; ``field`` names the input at fault, '' when none is.
    """

    code = "refused"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidValueError(RefusalError):
    """A value breaks a rule of the model."""

    code = "invalid-value"


class ReasonRequiredError(RefusalError):
    """Every change is signed with a reason."""

    code = "reason-required"


class PermissionMissingError(RefusalError):
    """The account lacks the permission that the verb needs."""

    code = "permission-missing"


class TransitionError(RefusalError):
    """The state does not allow the verb."""

    code = "wrong-state"


class SelfApprovalError(RefusalError):
    """Somebody else must approve an edit."""

    code = "self-review"


class SelfDecisionError(RefusalError):
    """Somebody else must decide a dispute than the person who opened it."""

    code = "self-decision"


class StaleRevisionError(RefusalError):
    """The claim changed since it was read."""

    code = "stale-revision"


class DuplicateError(RefusalError):
    """The thing exists already."""

    code = "duplicate"


class EvidenceError(RefusalError):
    """An assertion lacks or mixes what its stance and measure ask for."""

    code = "invalid-evidence"


class AppendOnlyError(RefusalError):
    """Versions and review events are never changed or deleted."""

    code = "append-only"


class UnpublishableError(RefusalError):
    """The claim is not complete enough for readers."""

    code = "unpublishable"


class ImportRefusedError(RefusalError):
    """A file cannot be read; nothing of it was stored."""

    code = "import-refused"


class QueryError(RefusalError):
    """A query parameter is unknown or not understood.

    ``code`` is unknown-parameter, invalid-value or invalid-cursor; ``did_you_mean`` are up to
    three likely values, ``allowed`` all of them where they are a list.
    """

    code = "invalid-value"

    def __init__(
        self,
        message: str,
        *,
        code: str = "invalid-value",
        field: str = "",
        did_you_mean: Sequence[str] = (),
        allowed: Sequence[str] = (),
    ) -> None:
        super().__init__(message, field=field)
        self.code = code
        self.did_you_mean = list(did_you_mean)
        self.allowed = list(allowed)


class LogForkedError(RefusalError):
    """The stored log contradicts a checkpoint that was signed before."""

    code = "log-forked"
