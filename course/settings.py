"""All settings of the course, in one file. What differs between machines comes from the environment (.env.example)."""

from datetime import timedelta
from pathlib import Path

from course.environment import database, env_flag, env_int, env_text, secret_key, site_url

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_text("DATA_DIR", str(BASE_DIR / ".data"))).resolve()
AUTHOR = env_flag("AUTHOR")

# Never on: an author sees problems with the content on the page, tracebacks in the terminal.
DEBUG = False
SECRET_KEY = secret_key(DATA_DIR)

SITE_URL, SITE_HOST, SITE_IS_HTTPS = site_url()
ALLOWED_HOSTS = [SITE_HOST, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_COOKIE_SECURE = SITE_IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "course.errors.csrf_failed"
SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside the machine, over plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SITE_IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if SITE_IS_HTTPS else 0
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if SITE_IS_HTTPS else None  # browsers ignore it on plain HTTP, loudly
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Subdomains and preload lists are for the owner of the domain to decide, not for a course hosted on one of its names.
# The middleware that axes looks for runs inside `course.staff.session`, on staff pages only.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "axes.W002"]

# Cookies do not know ports: two copies on one machine would take each other's learner away.
LEARNER_COOKIE = "learner" + "".join(SITE_URL.partition("//")[2].partition(":")[1:]).replace(":", "_")

# Sessions are for staff and never leave their pages: learners have none.
SESSION_COOKIE_NAME = LEARNER_COOKIE.replace("learner", "staff")
SESSION_COOKIE_PATH = "/staff/"
SESSION_COOKIE_SECURE = SITE_IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 3600
LOGIN_URL = "staff:sign-in"
LOGIN_REDIRECT_URL = "staff:home"
LOGOUT_REDIRECT_URL = "staff:sign-in"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Wrong passwords are counted for a name at an address: a learner in the room cannot lock the instructor out from
# another machine. Further tries during the pause do not prolong it.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "course.staff.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "course",
    "learners",
    "lessons",
    "quizzes",
    "labs.bench",
]

MIDDLEWARE = [
    "labs.bench.company.middleware",
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "learners.middleware.learner_cookie",
    "course.staff.session.staff_session",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "course.urls"
ASGI_APPLICATION = "course.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["course.templatetags.lanes"],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]

DATABASES = {"default": database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env_text("STATIC_ROOT", str(DATA_DIR / "static"))).resolve()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "course.static_files.StaticFiles"},
}
SERVESTATIC_AUTOREFRESH = AUTHOR

# Mail goes to the course's own SMTP server over a real socket. The timeout holds for each socket operation.
SMTP_HOST = env_text("SMTP_HOST", "127.0.0.1")
SMTP_BASE_PORT = env_int("SMTP_BASE_PORT", 2525, 1, 65_000)
EMAIL_TIMEOUT = 5

# Another course may be put in the place of ours.
LESSONS_DIR = Path(env_text("LESSONS_DIR", str(BASE_DIR / "lessons" / "content"))).resolve()
QUIZZES_DIR = Path(env_text("QUIZZES_DIR", str(BASE_DIR / "quizzes" / "content"))).resolve()

# Without REDIS_URL nothing is guessed: a Redis that the person already runs is never touched.
REDIS_URL = env_text("REDIS_URL", f"unix://{DATA_DIR / 'no-redis.sock'}")

MEASURING_SLOTS = env_int("MEASURING_SLOTS", 2, 1, 64)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
