"""Jobs of the reports."""

from celery import shared_task
from django.utils import timezone

from concordat.at_work import ORDERS
from concordat.kernel.dates import today
from concordat.noting import noted
from concordat.reports.models import ReportOrder
from concordat.reports.services import making, orders, schedules
from concordat.reports.services.claims import beside
from concordat.tasks import hand_out

# Seconds. One that waits longer for a worker is handed out anew by its sweep.
WAITS = 60
LONGEST = 3600  # no report takes so long, and a worker that hangs is of use to nobody


@shared_task(expires=WAITS, time_limit=LONGEST)
def take_order(order_id: int) -> None:
    """Make one report that was ordered; does nothing if that is done or under way."""
    with beside() as connection:
        making.make(order_id, by="take_order", on=today(), now=timezone.now(), beside=connection, alive=ORDERS.alive)


@shared_task
@noted
def take_orders() -> int:
    """Pick up every order that waits, and those whose worker was stopped, whatever the broker has forgotten."""
    orders.free_stuck(by="take_orders", now=timezone.now(), is_alive=ORDERS.is_alive)
    return hand_out(take_order, ReportOrder.objects.waiting())


@shared_task
@noted
def order_scheduled_reports() -> int:
    """Order what is due by the schedules, on working days from seven o'clock in London on."""
    return schedules.order_due(by="order_scheduled_reports", now=timezone.now())


@shared_task
@noted
def empty_old_reports() -> int:
    """Delete the files of reports that are kept no longer."""
    return orders.empty_old(by="empty_old_reports", now=timezone.now())
