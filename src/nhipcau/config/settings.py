"""One settings file. Every value that differs between instances is an environment variable,
listed in docs/reference/settings.md. Importing this starts nothing: commands start the embedded
server first and set DATABASE_URL themselves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from nhipcau.config import env, logs, mail
from nhipcau.core.sealing.ringfile import PLACE

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.data_folder()
DEBUG = False
# "demo": an instance for trying, on this machine only. "production": behind TLS.
MODE = env.one_of("NHIPCAU_MODE", ("demo", "production"))
PRODUCTION = MODE == "production"
# A copy for practice: a banner on every page, and no mail leaves it.
TRAINING = env.flag("NHIPCAU_TRAINING")

SECRET_KEY = env.text(
    "NHIPCAU_SECRET_KEY", "" if PRODUCTION else "for trying only: an instance for work sets its own"
)
if not SECRET_KEY:
    raise ImproperlyConfigured("Set NHIPCAU_SECRET_KEY to 50 or more random characters.")
SECRET_KEY_FALLBACKS = env.names("NHIPCAU_SECRET_KEY_FALLBACKS")
# The keys that identity numbers are sealed with: never in the database.
KEY_RING = Path(env.text("NHIPCAU_KEY_RING") or DATA / PLACE)
# What people type, "https://nhipcau.example.gov.vn": links in mails, passkeys and the hosts allowed follow
# from it.
PUBLIC_ADDRESS = env.address("NHIPCAU_ADDRESS")
# Where this machine serves it, for links in mails while there is no public address; `serve` sets it.
LOCAL_ADDRESS = env.address("NHIPCAU_LOCAL_ADDRESS")
PUBLIC_HOST = urlsplit(PUBLIC_ADDRESS).hostname or ""
ALLOWED_HOSTS = env.names("NHIPCAU_HOSTS", PUBLIC_HOST or "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.names("NHIPCAU_ORIGINS", PUBLIC_ADDRESS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_filters",
    "nhipcau.config",
    "nhipcau.apps.webkit",
    "nhipcau.apps.audit",
    "nhipcau.apps.accounts",
    "nhipcau.apps.access",
    "nhipcau.apps.reference",
    "nhipcau.apps.files",
    "nhipcau.apps.notices",
    "nhipcau.apps.orgs",
    "nhipcau.apps.indicators",
    "nhipcau.apps.plans",
    "nhipcau.apps.registry",
    "nhipcau.apps.reporting",
    "nhipcau.apps.desk",
]

MIDDLEWARE = [
    "nhipcau.config.logs.RequestLog",
    "nhipcau.config.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django pads each answer by a random length, so that compressing tells nothing of what is inside.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "nhipcau.config.bodies.Bodies",
    "nhipcau.config.transaction.RequestTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nhipcau.apps.accounts.sessions.SessionLimits",
    "nhipcau.config.transaction.RequestIdentity",
    "nhipcau.apps.webkit.language.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nhipcau.apps.accounts.mfa.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "nhipcau.config.urls"
WSGI_APPLICATION = "nhipcau.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours first: they replace the libraries' pages (allauth's carry inline scripts).
        "DIRS": [PACKAGE / "apps" / "webkit" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nhipcau.apps.desk.context.frame",
                "nhipcau.apps.notices.context.bell",
            ],
        },
    }
]

FORM_RENDERER = "nhipcau.apps.webkit.controls.Renderer"

# The serving login owns nothing and cannot pass row security; the owner migrates and backs up.
_serving = env.text("DATABASE_URL") or "postgresql://nhipcau_app@/nhipcau"
_owner = env.text("NHIPCAU_OWNER_DATABASE_URL") or _serving
DATABASES = {"default": env.database(_owner if env.flag("NHIPCAU_AS_OWNER") else _serving)}
OWNING_ROLE, SERVING_ROLE = (str(env.database(url)["USER"]) for url in (_owner, _serving))
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A view that raises leaves nothing half-written; the request's own transaction lies around this.
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "nhipcau.apps.accounts.lockout.Lockout",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
PASSWORD_RESET_TIMEOUT = env.number("NHIPCAU_LINK_HOURS", 72) * 3600
SLIP_DAYS = env.number("NHIPCAU_SLIP_DAYS", 14)

ACCOUNT_ADAPTER = "nhipcau.apps.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "nhipcau.apps.accounts.tokens.LinkTokens"  # noqa: S105  # a class
ACCOUNT_FORMS = {"reset_password": "nhipcau.apps.accounts.forms.ResetPasswordForm"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Wrong passwords are counted by axes, in the database (AccountAdapter); "login_failed" counts wrong codes.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key", "login": "120/m/ip", "invitation": "30/m/ip,10/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("NHIPCAU_PROXIES", 1 if PRODUCTION else 0)

MFA_ADAPTER = "nhipcau.apps.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    f"{name}_webauthn": f"nhipcau.apps.accounts.passkey_forms.{form}"
    for name, form in (
        ("login", "LoginForm"),
        ("authenticate", "AuthenticateForm"),
        ("reauthenticate", "ReauthenticateForm"),
        ("add", "AddForm"),
    )
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
# Browsers allow passkeys without TLS on localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_REQUIRED = env.flag("NHIPCAU_MFA_REQUIRED", PRODUCTION)

AXES_FAILURE_LIMIT = env.number("NHIPCAU_SIGN_IN_TRIES", 10)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("NHIPCAU_LOCKOUT_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "nhipcau.apps.accounts.lockout.name_typed"
AXES_LOCKOUT_CALLABLE = "nhipcau.apps.accounts.lockout.ordinary_answer"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address"]
# The lock is by the name typed: by address, an office behind one address would lock itself out.
# DATA/tmp (files.E001) is made when the first file comes; a new data folder does not have it yet.
SILENCED_SYSTEM_CHECKS = ["axes.W006", "files.E001"]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_IDLE_SECONDS = env.number("NHIPCAU_SESSION_IDLE_MINUTES", 30) * 60
SESSION_WHOLE_SECONDS = env.number("NHIPCAU_SESSION_HOURS", 12) * 3600
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS + 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-nhipcau-session", "__Host-nhipcau-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-nhipcau-language"
    SECURE_SSL_REDIRECT = env.flag("NHIPCAU_TLS_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.number("NHIPCAU_HSTS_SECONDS", 31_536_000)

EMAIL_FILE_PATH = DATA / "mails"
globals().update(mail.settings(production=PRODUCTION, data=DATA, training=TRAINING))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("NHIPCAU_MAIL_FROM", f"nhipcau@{PUBLIC_HOST or 'localhost'}")
# Reminders by mail: one digest a person and day, at that hour; days before and after a due date.
DIGEST = env.flag("NHIPCAU_DIGEST", True)
DIGEST_HOUR = env.number("NHIPCAU_DIGEST_HOUR", 7)
DIGEST_DAYS_BEFORE = env.numbers("NHIPCAU_DIGEST_BEFORE", "30,7,1")
DIGEST_DAYS_AFTER = env.numbers("NHIPCAU_DIGEST_AFTER", "1,7,30")
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX = "Nhịp Cầu: "

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
# Chosen for this browser until it is closed; what a user keeps is hers (accounts.User.language).
LANGUAGE_COOKIE_HTTPONLY = LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Certificates of those whose digital signatures are trusted, PEM or DER, in a folder; without it the pages
# say that trust was not checked.
TRUST_ROOTS = Path(env.text("NHIPCAU_TRUST_ROOTS")) if env.text("NHIPCAU_TRUST_ROOTS") else None
# Printed beside the product's name ("tỉnh Lam Giang").
PROVINCE_NAME = env.text("NHIPCAU_PROVINCE")
TIME_ZONE = "Asia/Ho_Chi_Minh"
# What happens to a due day that is not worked; each due date keeps the rule that it was found by.
DUE_SHIFT = env.one_of("NHIPCAU_DUE_SHIFT", ("none", "before", "after"))
# For so long what is late stays the open period of a task that comes again; half of the way to the next due
# day where that is sooner.
PERIOD_GRACE_DAYS = env.number("NHIPCAU_PERIOD_GRACE_DAYS", 30)
# So long holds what a relative said of a person in the register, unless it is confirmed.
RELATIVE_DAYS = env.number("NHIPCAU_RELATIVE_DAYS", 365)
USE_TZ = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
# An agency enters the estimates of all its tasks on one page: some hundred tasks, five fields a line.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
# Uploads on their way and what reading them needs; no part of a backup.
FILE_UPLOAD_TEMP_DIR = DATA / "tmp"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "nhipcau.apps.files.receiving.ScratchFileUploadHandler",
]
# Bytes of a request: the gate's largest document (50 MB) and what a form wraps around it.
LARGEST_BODY = 52 * 2**20

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# A job that went well leaves nothing: its arguments may be an address.
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

LOGGING = logs.settings(
    style=env.one_of("NHIPCAU_LOG", ("json", "text") if PRODUCTION else ("text", "json")),
    level=env.one_of("NHIPCAU_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
)

# Programs ask with a key of a person's, or in the person's own browser; nobody else, and only with a role.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "nhipcau.apps.access.api.authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["nhipcau.apps.access.api.authentication.Working"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "nhipcau.apps.access.api.answers.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "nhipcau.apps.access.api.answers.refused",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Nhịp Cầu",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["nhipcau.apps.access.api.authentication.Working"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "nhipcau.apps.access.api.description.with_refusals",
    ],
    "ENUM_NAME_OVERRIDES": {
        "OutcomeEnum": "nhipcau.apps.plans.models.outcome.Outcome",
        "StatusEnum": "nhipcau.apps.plans.models.outcome.Status",
        "DocumentKindEnum": "nhipcau.apps.plans.models.document.Document.Kind",
        "OrganisationKindEnum": "nhipcau.apps.orgs.models.organisation.OrganisationVersion.Kind",
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# A command that gets a file's path and exits with 0 when it is clean: "clamdscan --no-summary --fdpass".
SCANNER = env.words("NHIPCAU_SCANNER")

# Whether the coordinator of the lead agency may accept what she reported for it herself.
ACCEPT_OWN = env.flag("NHIPCAU_ACCEPT_OWN", False)
# How often the date of one assignment may be put off.
EXTENSIONS = env.number("NHIPCAU_EXTENSIONS", 1)

# People's data out of one's scope, and out of the register: looks a day and how long one lasts; exports a
# day, how many people one officer may take alone, how long the file stays.
LOOKUPS_A_DAY = env.number("NHIPCAU_LOOKUPS_A_DAY", 10)
LOOKUP_MINUTES = env.number("NHIPCAU_LOOKUP_MINUTES", 60)
EXPORTS_A_DAY = env.number("NHIPCAU_EXPORTS_A_DAY", 5)
EXPORT_ALONE = env.number("NHIPCAU_EXPORT_ALONE", 500)
EXPORT_DAYS = env.number("NHIPCAU_EXPORT_DAYS", 7)
# Below zero: as long again as the days of the law itself (registry/data/rights_clocks.json).
RIGHTS_EXTENSION_DAYS = env.number("NHIPCAU_RIGHTS_EXTENSION_DAYS", -1)

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
