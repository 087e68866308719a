# The portal as an image; docs/install.md says how to run it, and tests/deploy/ executes these steps.
# --build-arg REQUIREMENTS=requirements-celery.lock adds Celery.
FROM python:3.11-slim-bookworm AS build
ARG REQUIREMENTS=requirements.lock
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/billing-portal
RUN python3 -m venv .venv
COPY requirements.lock requirements-celery.lock ./
RUN .venv/bin/pip install --quiet --require-hashes -r $REQUIREMENTS
COPY . ./
# Whatever the umask of the checkout was.
RUN chmod -R a+rX . && .venv/bin/python -m compileall -q billing_portal customers deploy observability
# Without settings nothing starts; those of the example are nobody's.
RUN set -a && . ./.env.example && .venv/bin/python manage.py collectstatic --noinput --verbosity 0

# `docker build --target scheduler`: Debian's cron, which starts as root; its jobs run as portal.
FROM python:3.11-slim-bookworm AS scheduler
RUN apt-get update && apt-get install --yes --no-install-recommends cron postgresql-client \
    && rm -rf /var/lib/apt/lists/* && useradd --uid 10001 --home-dir /srv/billing-portal portal \
    && install --directory --owner portal --mode 700 /srv/backups
WORKDIR /srv/billing-portal
COPY --from=build /srv/billing-portal ./
CMD ["sh", "deploy/scheduler.sh"]

FROM python:3.11-slim-bookworm AS portal
WORKDIR /srv/billing-portal
COPY --from=build /srv/billing-portal ./
# With PORT, gunicorn listens on every address of the container.
ENV PATH=/srv/billing-portal/.venv/bin:/usr/local/bin:/usr/bin:/bin PORT=8000
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=60s --timeout=10s --start-period=30s \
    CMD ["python3", "-m", "deploy.health_check"]
CMD ["gunicorn", "billing_portal.wsgi"]
