# The image of web, worker and SMTP server; docker-compose.yml starts them. Plain enough for any builder: no BuildKit needed.
# The tag names Python's and Debian's release and takes their security updates whenever the image is built anew.

FROM python:3.13-slim-trixie AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

RUN python -m venv --without-pip /opt/venv
COPY requirements.txt ./
RUN pip --python /opt/venv/bin/python install --require-hashes --only-binary=:all: -r requirements.txt
ENV PATH=/opt/venv/bin:$PATH

COPY . ./
# Settings want a key even where nothing is signed; this one is in force for one command and kept nowhere.
RUN SECRET_KEY=only-while-building DATA_DIR=/tmp STATIC_ROOT=/opt/static python manage.py collectstatic --noinput \
    && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /app


FROM python:3.13-slim-trixie

RUN groupadd --gid 10001 brokered \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin brokered \
    && install --directory --owner=brokered --group=brokered /data

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/opt/static
WORKDIR /app
# Owned by root: what runs here cannot change its own code.
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/static /opt/static
COPY --from=build /app /app

USER 10001:10001
EXPOSE 8000
CMD ["python", "-m", "uvicorn", "course.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--no-access-log", "--timeout-graceful-shutdown", "5"]
