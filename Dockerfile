# The production image: the programs and their static files. Everything else comes from the environment.
# It runs as a user without rights and on a read-only root file system: it writes to /var/lib/concordat and /tmp alone.

# The look, compiled from the GOV.UK Design System.
FROM node:22-bookworm-slim AS look
WORKDIR /look
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund
COPY concordat/look/govuk.scss concordat/look/
RUN npx sass --no-source-map --no-charset --style=compressed --quiet-deps \
    --load-path=node_modules/govuk-frontend/dist/govuk concordat/look/govuk.scss static/built/govuk.css

# The Python packages.
FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 STATIC_ROOT=/srv/static
RUN groupadd --gid 10001 concordat \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/concordat --create-home --shell /usr/sbin/nologin concordat
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
COPY --from=look /look/static/built static/built
# Static files need no secret: they are collected with the embedded settings, whose folder is thrown away.
# What was checked out for its owner alone has to be readable for the user below.
RUN CONCORDAT_VAR=/tmp/collecting python manage.py collectstatic --no-input --verbosity 0 \
    && rm -r /tmp/collecting \
    && python -m compileall -q . \
    && chmod -R go+rX /app /srv/static
ENV CONCORDAT_MODE=production CONCORDAT_VAR=/var/lib/concordat PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /var/lib/concordat
EXPOSE 8000
# Is the web server alive? Asked by a name that the site answers to. Worker and beat have checks of their own.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["python", "-c", "import os, urllib.request as web; host = os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.*') or 'localhost'; web.urlopen(web.Request('http://127.0.0.1:8000/healthz', headers={'Host': host}), timeout=5)"]
CMD ["gunicorn", "concordat.wsgi", "--bind", "0.0.0.0:8000", "--preload", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
