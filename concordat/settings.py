"""Settings, read from the environment; `.env.example` names every variable with its default."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from concordat import env, mail

BASE_DIR = Path(__file__).resolve().parent.parent
env.load_env_file(BASE_DIR / ".env")

# The demonstration country lives in folders and a database of its own.
DEMO = env.flag("CONCORDAT_DEMO", False)
VAR_DIR = Path(env.text("CONCORDAT_VAR", str(BASE_DIR / "var" / "demo" if DEMO else BASE_DIR / "var")))

# "embedded": one machine, started by `make run`; "production": everything from the environment.
EMBEDDED = env.text("CONCORDAT_MODE", "embedded") == "embedded"
if not EMBEDDED and env.text("CONCORDAT_MODE") != "production":
    raise ImproperlyConfigured("CONCORDAT_MODE must be “embedded” or “production”.")

DEBUG = env.flag("DEBUG", False)


def _secret_key() -> str:
    """The key from the environment; the embedded default keeps one of its own in `var/`."""
    if not EMBEDDED:
        return env.text("SECRET_KEY")
    path = VAR_DIR / "secret-key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return env.text("SECRET_KEY", path.read_text(encoding="utf-8"))


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if EMBEDDED else "")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.text("SITE_URL", "http://localhost:8000")
# Who runs this copy, as the pages on privacy and accessibility name them.
OPERATOR = env.text("OPERATOR", "")
# The most that one person invites in a day, and the most files that one person adds in an hour.
INVITATIONS_PER_DAY = env.number("INVITATIONS_PER_DAY", 50)
UPLOADS_PER_HOUR = env.number("UPLOADS_PER_HOUR", 60)
# The most pages that one signed link of a reminder opens within a quarter of an hour to one internet address, and the
# most answers that come by it; ten times as many from all (concordat/link/too_many.py).
LINK_REQUESTS = env.number("LINK_REQUESTS", 300)
# How many proxies stand in front and add the visitor's address to X-Forwarded-For; see concordat/limits.py.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0 if EMBEDDED else 1)

INSTALLED_APPS = [
    "concordat.accounts.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "leaflet",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "concordat.kernel",
    "areas",
    "signatories",
    "actionplans",
    "concordat.reports",
    "concordat",
]

MIDDLEWARE = [
    "concordat.link.address.sealed",
    "django.middleware.security.SecurityMiddleware",
    "concordat.headers.resource_policy",
    "concordat.headers.kept_by_nobody",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "concordat.accounts.outage.SignInOutage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "concordat.errors.method_told",
]

ROOT_URLCONF = "concordat.urls"
WSGI_APPLICATION = "concordat.wsgi.application"
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
                "concordat.context.of_every_page",
            ]
        },
    }
]


def _database() -> dict[str, Any]:
    """PostgreSQL (psycopg2) or SQLite by DATABASE_URL; SQLite in `var/` when it is not given."""
    default = f"sqlite:///{quote(str(VAR_DIR / 'concordat.sqlite3'))}" if EMBEDDED else None
    database: dict[str, Any] = dict(dj_database_url.parse(env.text("DATABASE_URL", default)))
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start,
        # so that a busy database waits instead of failing half-way.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
        }
    else:
        database["CONN_HEALTH_CHECKS"] = True
    database["CONN_MAX_AGE"] = env.number("DATABASE_CONN_MAX_AGE", 60)
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "signatories.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# Signing in (docs/adr/0010-sign-in.md): by email address, with a password or a mailed code, or with a passkey.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/workspace/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "concordat.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation reached the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can have us mail strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Tries are counted for an account and for no internet address: a whole council may stand behind one. Who is locked
# out of the password can still ask for a code, which goes to their own mailbox, or use a passkey. A browser in which
# the person has signed in before is counted apart (concordat/accounts/known_browsers.py).
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/15m/key",
    "request_login_code": "5/15m/key",
    "reset_password": "5/15m/key",
    "reset_password_from_key": None,  # the link cannot be guessed
    "signup": None,  # nobody can
    "change_password": "5/15m/user",
    "reauthenticate": "10/15m/user",
}
ACCOUNT_FORMS = {
    "login": "concordat.accounts.forms.LoginForm",
    "request_login_code": "concordat.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "concordat.accounts.forms.ConfirmLoginCodeForm",
    "reset_password": "concordat.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "concordat.accounts.forms.ResetPasswordKeyForm",
    "change_password": "concordat.accounts.forms.ChangePasswordForm",
    "set_password": "concordat.accounts.forms.SetPasswordForm",
    "reauthenticate": "concordat.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "concordat.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
MFA_RATE_LIMITS = {"webauthn_login": None}  # a passkey cannot be guessed
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED  # http://localhost
MFA_FORMS = {
    "authenticate": "concordat.accounts.forms.AuthenticateForm",
    "reauthenticate": "concordat.accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "concordat.accounts.forms.ActivateTOTPForm",
    "deactivate_totp": "concordat.accounts.forms.DeactivateTOTPForm",
    "generate_recovery_codes": "concordat.accounts.forms.GenerateRecoveryCodesForm",
    "add_webauthn": "concordat.accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "concordat.accounts.forms.AuthenticateByPasskeyForm",
    "login_webauthn": "concordat.accounts.forms.LoginByPasskeyForm",
    "reauthenticate_webauthn": "concordat.accounts.forms.ReauthenticateByPasskeyForm",
    "edit_webauthn": "concordat.accounts.forms.EditPasskeyForm",
}

# Jobs, cache and locks share one Redis-protocol server; `manage.py run` starts an embedded one and says where.
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6390/0" if EMBEDDED else None)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        # Pages can do without the cache; none waits long for one that hangs.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None  # results are rows in the database, never the broker's to remember
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "concordat.tasks.heartbeat", "schedule": 60.0},
    "mail enquiries": {"task": "concordat.tasks.mail_enquiries", "schedule": 300.0, "options": {"expires": 240.0}},
    "mail invitations": {
        "task": "concordat.tasks.mail_invitations",
        "schedule": 300.0,
        "options": {"expires": 240.0},
    },
    "take plan files": {"task": "concordat.tasks.take_imports", "schedule": 10.0, "options": {"expires": 9.0}},
    # At 09:00 in London, and each hour after it for what was missed; what is planned already is not planned again.
    "plan chasing": {
        "task": "concordat.tasks.plan_chasing",
        "schedule": crontab(minute="0", hour="9-17"),
        "options": {"expires": 3000.0},
    },
    "mail messages": {"task": "concordat.tasks.mail_messages", "schedule": 300.0, "options": {"expires": 240.0}},
    "read bounces": {"task": "concordat.tasks.read_bounces", "schedule": 300.0, "options": {"expires": 240.0}},
    "mail replies": {"task": "concordat.tasks.mail_replies", "schedule": 60.0, "options": {"expires": 50.0}},
    "forget old sign-ins": {
        "task": "concordat.tasks.forget_old_sign_ins",
        "schedule": crontab(hour="3", minute="37"),
    },
    "redact old enquiries": {
        "task": "concordat.tasks.redact_old_enquiries",
        "schedule": crontab(hour="3", minute="17"),
    },
    "empty old mails": {
        "task": "concordat.tasks.empty_old_mails",
        "schedule": crontab(hour="3", minute="27"),
    },
    "take report orders": {
        "task": "concordat.reports.tasks.take_orders",
        "schedule": 10.0,
        "options": {"expires": 9.0},
    },
    # From 07:00 in London; what is ordered already is not ordered again.
    "order scheduled reports": {
        "task": "concordat.reports.tasks.order_scheduled_reports",
        "schedule": crontab(minute="*/10", hour="7-22"),
        "options": {"expires": 540.0},
    },
    "empty old reports": {
        "task": "concordat.reports.tasks.empty_old_reports",
        "schedule": crontab(minute="47"),
        "options": {"expires": 3000.0},
    },
    # Every ten minutes, though mostly there is nothing: what is due after midnight is public early on its day.
    "publish scheduled": {
        "task": "concordat.tasks.publish_scheduled",
        "schedule": 600.0,
        "options": {"expires": 540.0},
    },
}

# Mail goes to the server that EMAIL_URL names. Without one: embedded, mails become files; in production, what wants
# to send a mail is told that it cannot (an enquiry then waits, and its administrators see that it does).
globals().update(mail.server(env.text("EMAIL_URL", ""), VAR_DIR / "outbox" if EMBEDDED else None))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = mail.sender(
    env.text("EMAIL_FROM", f"Concordat Tracker <concordat@{urlsplit(SITE_URL).hostname or 'localhost'}>")
)
# Where mails come back to that could not be delivered, the mailbox in which those reports are read, and the secrets by
# which another program signs what it hands to /hooks/bounces/; see docs/bounces.md.
BOUNCE_ADDRESS = mail.return_address(env.text("BOUNCE_ADDRESS", ""))
BOUNCE_MAILBOX = mail.mailbox(env.text("BOUNCE_MAILBOX", ""))
BOUNCE_HOOK_SECRETS = mail.hook_secrets(env.words("BOUNCE_HOOK_SECRETS"))

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder", "concordat.static_files.UsedFiles"]
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
# One file at a time, in small pieces into a file without a name; one that is too large is read and thrown away.
FILE_UPLOAD_HANDLERS = ["concordat.uploads.CappedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # bytes, without files: more than the longest table that may be pasted
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "concordat.static_files.HashedFiles"},
}

WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for our styles and scripts

# No tiles and no view-reset button: the map draws only our own shapes.
LEAFLET_CONFIG = {"TILES": [], "RESET_VIEW": False, "NO_GLOBALS": True, "ATTRIBUTION_PREFIX": False}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Everything from this host alone, and no script or style inside a page: no nonce, so that pages can be kept whole.
# The admin lives by the same policy.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{name: [SELF] for name in ("script-src", "style-src", "img-src", "connect-src", "font-src", "form-action")},
        **{name: [NONE] for name in ("object-src", "manifest-src", "base-uri", "frame-ancestors")},
    }
}
# The pages need none of these but passkeys; a script that somebody smuggled in would.
PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY: dict[str, list[str]] = {name: ["self"] for name in PASSKEYS} | {
    feature: []
    for feature in (
        *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture"),
        *("encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get"),
        *("idle-detection", "keyboard-map", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
        *("picture-in-picture", "screen-wake-lock"),
        *("serial", "storage-access", "sync-xhr", "usb", "window-management", "xr-spatial-tracking"),
    )
}
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "concordat.accounts.old_forms.refused"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if not EMBEDDED:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    # A load balancer asks for these over plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "refusals": {"()": "concordat.errors.OneLine"},
        "tokens": {"()": "concordat.logs.WithoutTokens"},
    },
    "loggers": {
        "django.request": {"filters": ["refusals"]},
        # What `manage.py runserver` says of each request: Django gives it a handler of its own.
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
