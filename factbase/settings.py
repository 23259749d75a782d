"""All settings, read from the environment (docs: README, "Settings")."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from factbase.databases import database, database_limits
from factbase.limits import LIMITS
from factbase.mail import mailers, site_address
from factbase.safety import refuse_unsafe_production

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

# --- Mode ---
MODE: str = env.str("FACTBASE_MODE", default="development")
if MODE not in {"development", "production"}:
    raise ImproperlyConfigured(
        f"FACTBASE_MODE is {MODE!r}; set it to 'development' or to 'production'."
    )
PRODUCTION = MODE == "production"
DEBUG: bool = env.bool("DEBUG", default=not PRODUCTION)
SECRET_KEY: str = env.str(
    "SECRET_KEY", default="" if PRODUCTION else "for-development-on-one-machine-and-nowhere-else"
)
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
SITE_NAME: str = env.str("SITE_NAME", default="factbase")
SITE_AUTHORITY: str = env.str("SITE_AUTHORITY", default="")  # of ids in feeds; else the host's name
RATE_LIMITS: bool = env.bool("FACTBASE_RATE_LIMITS", default=True)
if PRODUCTION:
    refuse_unsafe_production(
        debug=DEBUG, secret_key=SECRET_KEY, hosts=ALLOWED_HOSTS, rate_limits=RATE_LIMITS
    )

FACTBASE_LIMITS: dict[str, Any] = LIMITS

# --- Applications ---
INSTALLED_APPS = [
    "claims",
    "factbase.desk.DeskConfig",  # the admin, with our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_linear_migrations",
    "django_tasks_db",
    "simple_history",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
]
FIRST_PARTY_APPS = ["claims"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "claims.views.limits.PageLimitMiddleware",  # in the reader's language, before any query
    "claims.views.trackers.TrackerMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "claims.views.refusals.RefusedQueryMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it answers for a refused sign-in
]
ROOT_URLCONF = "factbase.urls"
WSGI_APPLICATION = "factbase.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Databases ---
# Which limits of time count; manage.py says "command" or "migration".
PROCESS: str = env.str("FACTBASE_PROCESS", default="web")
WEB_WORKERS: int = env.int("WEB_CONCURRENCY", default=2)  # gunicorn.conf.py reads the same two
WEB_THREADS: int = env.int("WEB_THREADS", default=4)
# One connection a thread, one for the readiness probe, one to spare.
POOL_SIZE: int = env.int("DATABASE_POOL_SIZE", default=WEB_THREADS + 2 if PRODUCTION else 0)
POOL = {"min_size": 1, "max_size": POOL_SIZE, "timeout": FACTBASE_LIMITS["database"]["pool"]}
CONNECTING: dict[str, Any] = {
    "limits": database_limits(FACTBASE_LIMITS["database"], PROCESS),
    "pool": POOL if POOL_SIZE else None,
}
if "DATABASE_URL" not in env.ENVIRON:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
DATABASES: dict[str, dict[str, Any]] = {
    "default": database(
        env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'factbase.sqlite3'}"),
        **CONNECTING,
    )
}
if REPLICA_URL := env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = database(REPLICA_URL, **CONNECTING) | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["factbase.replica.PublishedReadsRouter"]

# --- Cache, background work, log ---
if REDIS_URL := env.str("REDIS_URL", default=""):
    CACHES = {
        "default": {"BACKEND": "factbase.cache.LenientRedisCache", "LOCATION": REDIS_URL},
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS_BACKENDS = {
    "immediate": "django.tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
# Development runs tasks at once, so that a demo needs no worker beside the server.
TASKS_BACKEND: str = env.str("TASKS_BACKEND", default="database" if PRODUCTION else "immediate")
TASKS = {"default": {"BACKEND": TASKS_BACKENDS.get(TASKS_BACKEND, TASKS_BACKEND)}}
_KEY = "" if PRODUCTION else f"{VAR_DIR}/log-{Path(str(DATABASES['default']['NAME'])).name}.key"
LOG_KEY: str = env.str("LOG_KEY", default="")
LOG_KEY_FILE: str = env.str("LOG_KEY_FILE", default=_KEY)
LOG_CHECKPOINT_FILE: str = env.str("LOG_CHECKPOINT_FILE", default="")
LOG_VERIFIER_KEYS: list[str] = env.list("LOG_VERIFIER_KEYS", default=[])

# --- Mail: notifications, invitations, forgotten passwords ---
SITE_URL: str = site_address(env.str("SITE_URL", default=""), ALLOWED_HOSTS, is_secure=PRODUCTION)
MAILERS = mailers(env.str("EMAIL_URL", default="" if PRODUCTION else "console:"))
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <factbase@localhost>")

# --- Accounts ---
NUM_PROXIES: int = env.int("NUM_PROXIES", default=0)
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
# What an account that is no reviewer's may do in 24 hours in its first days; 0 is no limit.
NEW_ACCOUNT_ACTS: int = env.int("NEW_ACCOUNT_ACTS", default=100 if PRODUCTION else 0)
NEW_ACCOUNT_DAYS: int = env.int("NEW_ACCOUNT_DAYS", default=4)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_ENABLED = RATE_LIMITS
AXES_FAILURE_LIMIT = FACTBASE_LIMITS["sign_in_failures"]
AXES_COOLOFF_TIME = timedelta(minutes=FACTBASE_LIMITS["sign_in_pause_minutes"])
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "claims.views.limits.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "factbase.safety.sign_in_address"

# --- History ---
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# --- API ---
REST_FRAMEWORK: dict[str, Any] = {
    "EXCEPTION_HANDLER": "claims.api.problems.problem_handler",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.keys.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.DjangoModelPermissionsOrAnonReadOnly"
    ],
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.limits.RequestLimits"],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
KNOX_TOKEN_MODEL = "claims.ApiKey"  # noqa: S105  a model, no secret
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=FACTBASE_LIMITS["api_key_days"]),
    "TOKEN_LIMIT_PER_USER": FACTBASE_LIMITS["api_keys_per_user"],
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "factbase API",
    "DESCRIPTION": "What sources say, where they disagree, and what editors concluded.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
}

# --- Language and time ---
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- Static files ---
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=VAR_DIR / "static")()
if not PRODUCTION:
    Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns when it is missing
STATICFILES_DIRS = [folder for folder in [BASE_DIR / "static"] if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = FACTBASE_LIMITS["request_bytes"]

# --- Browser security ---
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]  # probes speak plain HTTP to the process
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
# For a whole domain, so its owner decides: a browser that was told so keeps it for a year.
SECURE_HSTS_INCLUDE_SUBDOMAINS: bool = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD: bool = env.bool("SECURE_HSTS_PRELOAD", default=False)
# The two above are a choice, and so is a site that sends no mail.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "mail.W001"]
if NUM_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logging: to stderr, one line an event ---
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": ["stderr"], "propagate": False, "level": "INFO"}},
}
