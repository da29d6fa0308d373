"""One settings file. Every value that differs between instances is an environment variable,
listed in docs/reference/settings.md. Importing this starts nothing: commands start the embedded
server first and set DATABASE_URL themselves."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from nhipcau.config import env, logs

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.data_folder()
DEBUG = False
# "demo": an instance for trying, on this machine only. "production": behind TLS.
MODE = env.one_of("NHIPCAU_MODE", ("demo", "production"))
PRODUCTION = MODE == "production"

SECRET_KEY = env.text(
    "NHIPCAU_SECRET_KEY", "" if PRODUCTION else "for trying only: an instance for work sets its own"
)
if not SECRET_KEY:
    raise ImproperlyConfigured("Set NHIPCAU_SECRET_KEY to 50 or more random characters.")
ALLOWED_HOSTS = env.names("NHIPCAU_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.names("NHIPCAU_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_filters",
    "nhipcau.apps.webkit",
    "nhipcau.apps.audit",
    "nhipcau.apps.accounts",
    "nhipcau.apps.access",
    "nhipcau.apps.reference",
    "nhipcau.apps.files",
    "nhipcau.apps.orgs",
    "nhipcau.apps.plans",
    "nhipcau.apps.desk",
]

MIDDLEWARE = [
    "nhipcau.config.logs.RequestLog",
    "nhipcau.config.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nhipcau.config.transaction.RequestTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nhipcau.config.transaction.RequestIdentity",
    "nhipcau.apps.webkit.language.Language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
            ],
        },
    }
]

# The serving login owns nothing and cannot pass row security; the owner migrates and backs up.
_serving = env.text("DATABASE_URL") or "postgresql://nhipcau_app@/nhipcau"
_owner = env.text("NHIPCAU_OWNER_DATABASE_URL") or _serving
DATABASES = {"default": env.database(_owner if env.flag("NHIPCAU_AS_OWNER") else _serving)}
SERVING_ROLE = str(env.database(_serving)["USER"])
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A view that raises leaves nothing half-written; the request's own transaction lies around this.
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
# Chosen for this browser until it is closed; what a user keeps is hers (accounts.User.language).
LANGUAGE_COOKIE_HTTPONLY = LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Printed beside the product's name ("tỉnh Lam Giang").
PROVINCE_NAME = env.text("NHIPCAU_PROVINCE")
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = logs.settings(
    style=env.one_of("NHIPCAU_LOG", ("json", "text") if PRODUCTION else ("text", "json")),
    level=env.one_of("NHIPCAU_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
)

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
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
