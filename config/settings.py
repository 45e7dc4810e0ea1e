"""Every setting of SeeNow, read from the environment and loud on nonsense.

The defaults are the embedded installation: SQLite, an in-process channel layer, files under `var/`.
`SEENOW_ENV=production` turns the same code into the guarded profile: see `config/checks.py`.
Every name read here has its row in `docs/settings.md`; a test compares the two.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONCE
from django.conf.locale import LANG_INFO
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from environs import Env, validate

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

ENVIRONMENT = env.str("SEENOW_ENV", "embedded", validate=validate.OneOf(["embedded", "production"]))
PRODUCTION = ENVIRONMENT == "production"
VAR_DIR = Path(env.str("SEENOW_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Safety -------------------------------------------------------------------------------------------
DEFAULT_SECRET_KEY = "embedded-only-key-never-used-in-production-0123456789abcdef"  # noqa: S105 - refused in production
SECRET_KEY = env.str("SECRET_KEY", DEFAULT_SECRET_KEY)
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("SEENOW_DEMO", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
# Full origins (scheme://host:port) allowed to open a socket besides the one the page itself was served from.
SOCKET_ORIGINS: list[str] = env.list("SOCKET_ORIGINS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
# The variable uvicorn and gunicorn take their number of workers from, so that it cannot differ from theirs.
WEB_PROCESSES = env.int("WEB_CONCURRENCY", 1, validate=validate.Range(min=1))
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

# Where `make demo` listens. Elsewhere the server's own arguments decide.
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
CROWD = env.bool("CROWD", True)
SOCKET_FRAME_BYTES = 16_384

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"
# How many proxies of ours stand in front; with none, nobody's word about address or TLS is taken.
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(min=0))
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Applications -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "accounts",
    "catalog",
    "events",
    "livechat",
    "orders",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.StaticFilesMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.LooserPagesMiddleware",
    "config.middleware.MediaOriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ViewerPreferencesMiddleware",
    "config.language.AddressLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.ErrorPagesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

FORM_RENDERER = "config.renderer.QuickForms"
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
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "csp.context_processors.nonce",
                "accounts.context.site",
            ],
            # `|date` in the order of the reader's language.
            "builtins": ["accounts.templatetags.dates", "accounts.templatetags.tongues"],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'seenow.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Opening the file anew for every piece of work of the live lane was a sixth of the cost of a handshake.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # Write locks are taken at BEGIN, so no transaction fails half-way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", 16), "timeout": 10}
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
REDIS_URLS: list[str] = env.list("REDIS_URLS", [REDIS_URL] if REDIS_URL else [])
_redis_cache = {
    "BACKEND": "config.caches.GuardedRedisCache",
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": "seenow",
}
CACHES = {
    "default": _redis_cache
    if REDIS_URL
    # Every caller's limits live here; the default of 300 entries would forget them in a crowd.
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What separate processes tell each other, such as the worker's sign of life.
    "between_processes": _redis_cache
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "between_processes",
    },
    # Parts of pages that hold nobody's data (ADR 19): kept by each process, forgotten with the release.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # Every room lies on one of them, chosen by its name.
        "CONFIG": {"hosts": REDIS_URLS},
    }
    if REDIS_URLS
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
}

# --- People -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Only with confirmation does sign-up answer the same for a known and an unknown address.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "accounts.adapter.account.AccountAdapter"
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"}
MFA_ADAPTER = "accounts.adapter.mfa.MFAAdapter"
MFA_TOTP_ISSUER = "SeeNow"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# One step to either side, as RFC 6238 (5.2) advises: a code typed at its last second still counts.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Every mail is first a row (accounts.models.Mail); the sweep hands it to this backend.
EMAIL_BACKEND = "accounts.adapter.outbox.OutboxBackend"
MAIL_TRANSPORT = env.str(
    "MAIL_TRANSPORT",
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.dummy.EmailBackend",
)
_mail = env.dj_email_url("EMAIL_URL", "smtp://localhost:25")
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "SeeNow <hello@seenow.example>")

# --- Notifications ------------------------------------------------------------------------------------
# Where this site is, for links in what is sent without anybody asking just then.
SITE_URL = env.str(
    "SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION and ALLOWED_HOSTS else f"http://{HOST}:{PORT}"
).rstrip("/")
# Empty: made once and kept under VAR_DIR; in production no pushes are offered.
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", "")
VAPID_SUBJECT = env.str("VAPID_SUBJECT", "mailto:hello@seenow.example")
# The push services browsers name. Nothing else is ever written to.
PUSH_SERVICES = env.list(
    "PUSH_SERVICES",
    [
        "fcm.googleapis.com",
        "*.push.services.mozilla.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    ],
)
PUSH_TO_LOOPBACK = False  # tests alone write to a service of their own

# --- Back office --------------------------------------------------------------------------------------
UNFOLD = {
    "SITE_TITLE": "SeeNow",
    "SITE_HEADER": "SeeNow",
    "SITE_SUBHEADER": _("Back office"),
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/mark.svg")}
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SIDEBAR": {"show_search": True, "show_all_applications": True},
    # The metal of the shop (static/css/tokens.css) instead of unfold's purple.
    "COLORS": {
        "primary": {
            "50": "#faf6ee",
            "100": "#efe6d6",
            "200": "#e0cfb0",
            "300": "#cdb285",
            "400": "#b6955f",
            "500": "#9c7b4a",
            "600": "#785a2e",
            "700": "#624924",
            "800": "#4d391c",
            "900": "#3a2b15",
            "950": "#221909",
        },
    },
}

# --- Language and time --------------------------------------------------------------------------------
# What pages are offered in, the first for whoever reads none of them. Another language is its code here and
# its catalogues in one of LOCALE_FOLDERS: docs/languages.md.
LANGUAGES = [
    (code, _(LANG_INFO.get(code, {}).get("name", code)))
    for code in env.list("SEENOW_LANGUAGES", ["en", "zh-hans"], validate=validate.Length(min=1))
]
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [
    *map(Path, env.list("LOCALE_FOLDERS", [])),
    BASE_DIR / "config" / "locale",
]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_CURRENCY = env.str("DEFAULT_CURRENCY", "EUR")

# --- Files --------------------------------------------------------------------------------------------
RELEASE = env.str("SEENOW_RELEASE", "dev")
# One folder per release instead of hashed names: ES modules keep their imports (docs/adr/0004).
STATIC_URL = f"static/{RELEASE}/"
STATIC_ROOT = VAR_DIR / "static" / RELEASE
NODE_MODULES = BASE_DIR / "node_modules"
# What pages link, folded and made small under the same names (deploy/build.mjs): found before its sources.
BUILT = env.bool("SEENOW_BUILT", PRODUCTION)
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [
    *([BASE_DIR / "built"] if BUILT and (BASE_DIR / "built").is_dir() else []),
    BASE_DIR / "static",
    ("vendor/hls", NODE_MODULES / "hls.js" / "dist"),
    ("vendor/model-viewer", NODE_MODULES / "@google" / "model-viewer" / "dist"),
    ("vendor/fraunces", NODE_MODULES / "@fontsource-variable" / "fraunces"),
    ("vendor/instrument-sans", NODE_MODULES / "@fontsource-variable" / "instrument-sans"),
    ("vendor/noto-naskh-arabic", NODE_MODULES / "@fontsource-variable" / "noto-naskh-arabic"),
    ("vendor/noto-serif-devanagari", NODE_MODULES / "@fontsource-variable" / "noto-serif-devanagari"),
    ("vendor/noto-serif-hebrew", NODE_MODULES / "@fontsource-variable" / "noto-serif-hebrew"),
    ("vendor/noto-serif-thai", NODE_MODULES / "@fontsource-variable" / "noto-serif-thai"),
]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": env.str("STORAGE_BACKEND", "config.storage.LocalFiles")},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if not PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 31_536_000 if PRODUCTION else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
IMAGE_MAX_PIXELS = 25_000_000
IMAGE_MAX_BYTES = 20 * 1_048_576
MODEL_MAX_BYTES = 8 * 1_048_576

# --- Live video ---------------------------------------------------------------------------------------
# The embedded engine is its own process. Browsers reach it at MEDIA_PUBLIC_URL, or at MEDIA_PORT of the
# host that served the page.
MEDIA_ENGINE = env.str("MEDIA_ENGINE", "embedded")
MEDIA_PORT = env.int("MEDIA_PORT", PORT + 1)
MEDIA_PUBLIC_URL = env.str("MEDIA_PUBLIC_URL", "")
MEDIA_INTERNAL_URL = env.str("MEDIA_INTERNAL_URL", f"http://127.0.0.1:{MEDIA_PORT}")
FFMPEG_BIN = env.str("FFMPEG_BIN", "")

# --- Work done later ----------------------------------------------------------------------------------
# Due work is rows (config/sweep.py) and a task only makes it happen sooner: no result is kept, no publish
# is retried.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", REDIS_URL or "filesystem://localhost")
CELERY_DIR = VAR_DIR / "celery"
if CELERY_BROKER_URL.startswith("filesystem:"):
    for _folder in ("queue", "control"):
        (CELERY_DIR / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(CELERY_DIR / "queue"),
        "data_folder_out": str(CELERY_DIR / "queue"),
        "control_folder": str(CELERY_DIR / "control"),
        "polling_interval": 0.05,
    }
else:
    # A task of a killed worker runs again after this long; tasks take at most 30 s.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 120,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
    }
    CELERY_VISIBILITY_TIMEOUT = 120
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SOFT_TIME_LIMIT = 20
CELERY_TASK_TIME_LIMIT = 30
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(CELERY_DIR / "beat")
SWEEP_SECONDS = 5
CELERY_BEAT_SCHEDULE = {
    # A sweep that waited longer than the next one is due is not worth running.
    "sweep": {"task": "config.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS}}
}

# --- Shop ---------------------------------------------------------------------------------------------
HOLD_SECONDS = env.int("HOLD_SECONDS", 600)
ATTRIBUTION_WINDOW_SECONDS = env.int("ATTRIBUTION_WINDOW_SECONDS", 86_400)
PAYMENT_PROVIDERS = env.list("PAYMENT_PROVIDERS", [] if PRODUCTION else ["sandbox"])
SANDBOX_WEBHOOK_SECRET = env.str("SANDBOX_WEBHOOK_SECRET", "sandbox-webhook-secret")

# --- API ----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.authentication.PageSession"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "config.api.Page",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.api.error_response",
    "DEFAULT_THROTTLE_CLASSES": ["config.throttles.ReadThrottle", "config.throttles.WriteThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "read": env.str("API_READ_RATE", "600/min"),
        "write": env.str("API_WRITE_RATE", "120/min"),
    },
    "PAGE_SIZE": 50,
    "NUM_PROXIES": TRUSTED_PROXIES,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SeeNow API",
    "DESCRIPTION": "Livestream shopping events. Money is integer minor units with an ISO 4217 code; "
    "times are UTC instants.",
    "VERSION": "1",
    "EXTERNAL_DOCS": {"description": "The rooms' socket (AsyncAPI)", "url": "/api/asyncapi.json"},
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "EventState": "events.enums.EventState",
        "StreamState": "events.enums.StreamState",
        "StaffRole": "events.enums.StaffRole",
        "AssortmentKind": "events.enums.AssortmentKind",
        "ProductState": "catalog.enums.ProductState",
        "OrderState": "orders.enums.OrderState",
        "PaymentState": "orders.enums.PaymentState",
        "RefundState": "orders.enums.RefundState",
        "BlocklistLanguage": "livechat.serializers.BLOCKLIST_LANGUAGES",
    },
}

# --- Content security: no inline script or style anywhere; the import map carries the nonce -------------
# Pages with a picture are allowed the media process beside it: config.middleware.MediaOriginMiddleware.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "worker-src": ["'self'", "blob:"],
        # The viewer of models fetches the textures inside a model from the page's own memory.
        "connect-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
    },
}

# --- Logs ---------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
}
