"""The job consumer: the process that works off the queue."""

from huey.consumer_options import ConsumerConfig

from app import jobs, orphans
from app.activity import delivery


def work_off(workers: int) -> None:
    """Work off the queue until stopped; first of all, what a killed process left undelivered. Needs an app context."""
    delivery.sweep()
    orphans.end_with_parent()
    options = ConsumerConfig(workers=workers, worker_type="thread", initial_delay=0.1, max_delay=1.0, backoff=1.2)
    jobs.queue().create_consumer(**options.values).run()
