"""Settings that hold everywhere. Secrets and places come from the environment; see docs/running.md."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[3]
PACKAGE_DIR = Path(__file__).resolve().parents[2]


def home() -> Path:
    """Where this machine's files live: beside the code in a checkout, else in the user's own folder, never among installed packages."""
    if (BASE_DIR / "manage.py").exists():
        return BASE_DIR / "var"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "wayfellow"


DATA_DIR = Path(os.environ.get("WAYFELLOW_HOME") or home())

DEBUG = False
SECRET_KEY = os.environ.get("WAYFELLOW_SECRET_KEY", "")
# One key, from which the audit chain, the blind index and the sealed fields each derive their own (access/secrets.py).
WAYFELLOW_RECORD_KEY = os.environ.get("WAYFELLOW_RECORD_KEY", "")
WAYFELLOW_RECORD_KEY_ID = os.environ.get("WAYFELLOW_RECORD_KEY_ID", "1")
# Former keys, "id:key,id:key": sealed fields written under them can still be read.
WAYFELLOW_OLD_RECORD_KEYS = os.environ.get("WAYFELLOW_OLD_RECORD_KEYS", "")
WAYFELLOW_SECOND_FACTOR = True
WAYFELLOW_IDLE_MINUTES = 10
WAYFELLOW_AUDIT_HEADS = Path(os.environ.get("WAYFELLOW_AUDIT_HEADS", DATA_DIR / "audit-heads.log"))
ALLOWED_HOSTS = [host for host in os.environ.get("WAYFELLOW_HOSTS", "localhost").split(",") if host]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "wayfellow.config",
    "wayfellow.ui",
    "wayfellow.access",
    "wayfellow.people",
    "wayfellow.programs",
    "wayfellow.assessments",
    "wayfellow.plans",
    "wayfellow.schedule",
    "wayfellow.notes",
    "wayfellow.medications",
    "wayfellow.safety",
    "wayfellow.desk",
    "wayfellow.fhir",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wayfellow.access.middleware.ActorMiddleware",
    "wayfellow.access.middleware.LockMiddleware",
    "wayfellow.access.middleware.AuditMiddleware",
    "wayfellow.access.middleware.MarkMiddleware",
]

ROOT_URLCONF = "wayfellow.config.urls"
WSGI_APPLICATION = "wayfellow.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wayfellow.ui.context.ui",
                "wayfellow.desk.context.shell",
            ],
            "builtins": ["wayfellow.ui.templatetags.ui", "wayfellow.access.templatetags.access"],
        },
    },
]


def database(url: str) -> dict[str, object]:
    """The database at `url`, or the embedded SQLite file. Why each SQLite line: docs/adr/0003-sqlite.md."""
    if url:
        config = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    else:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        config = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "wayfellow.sqlite3"}
    if str(config["ENGINE"]).endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
                " PRAGMA busy_timeout=20000; PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY"
            ),
        }
    return config


DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "wayfellow.access.adapter.StaffAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "wayfellow.access.adapter.StaffMFAAdapter"
# Addresses are an administrator's word, nobody signs up with another's; so there is nothing to verify first.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Wayfellow"
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds either way: clocks of phones drift (RFC 6238, 5.2)

# Counts tries at the door for all server processes of this machine; nothing of the record is ever cached.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA_DIR / "cache"}}
# What a page says after saving can name a colleague or a program: it stays on the server, and ends with the session.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "wayfellow.ui.plain.form_too_old"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "en"
# A language is offered once its words are here: every text is marked, Spanish is not translated yet.
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("WAYFELLOW_STATIC_ROOT", DATA_DIR / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wayfellow.ui.storage.ModuleStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
