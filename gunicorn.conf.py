"""How gunicorn serves factbase; it reads this file where it is started (docs/guide-deploy.md)."""

import os

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "factbase.server.PatientWorker"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30  # seconds without a sign of life from a worker's own loop
graceful_timeout = 30
keepalive = 5
