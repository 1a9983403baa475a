# The production image: the programs and their static files; everything else comes from the environment.
FROM python:3.11-slim-bookworm AS build
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /var/lib/concordat --create-home concordat
COPY --from=build /venv /venv
WORKDIR /app
COPY . .
# Static files need no secret: they are collected with the embedded settings, whose folder is thrown away.
RUN CONCORDAT_VAR=/tmp/collecting python manage.py collectstatic --no-input && rm -r /tmp/collecting
ENV CONCORDAT_MODE=production CONCORDAT_VAR=/var/lib/concordat
USER concordat
EXPOSE 8000
CMD ["gunicorn", "concordat.wsgi", "--bind", "0.0.0.0:8000", "--preload", "--workers", "2", "--threads", "4", "--no-control-socket"]
