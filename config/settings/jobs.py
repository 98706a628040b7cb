"""The queue and its workers. Names are Celery's, with CELERY_ before them."""

from kombu import Exchange, Queue

from config.settings.environment import read
from ghar.jobs import Queue as Queues

CRON_SECRET = read("CRON_SECRET")
JOB_FAILURES = "ghar.schedules.failures.note"

CELERY_BROKER_URL = read("REDIS_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # then a job of a worker that vanished is given to another; jobs take less
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "queue_order_strategy": "priority",  # in the order of CELERY_TASK_QUEUES
}
CELERY_TASK_QUEUES = [Queue(str(name), Exchange(str(name)), routing_key=str(name)) for name in Queues]
CELERY_TASK_ROUTES = ["ghar.jobs.route"]
CELERY_TASK_DEFAULT_QUEUE = str(Queues.ORDINARY)
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.2}

CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_RESULT_BACKEND = read("REDIS_URL")
CELERY_RESULT_EXPIRES = 3600
CELERY_TASK_IGNORE_RESULT = True  # unless whoever sends a task asks for its result

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
