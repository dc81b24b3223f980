"""The mathematics of a loan: its schedule, its real yearly rate, and the two questions asked backwards.

Pure, in whole cents and exact fractions; no float comes near an amount.
"""

from conversations.loan.apr import Flow, annual_percentage_rate
from conversations.loan.limits import largest_amount, shortest_duration
from conversations.loan.money import in_cents
from conversations.loan.schedule import Row, Schedule, repayment_schedule

__all__ = [
    "Flow",
    "Row",
    "Schedule",
    "annual_percentage_rate",
    "in_cents",
    "largest_amount",
    "repayment_schedule",
    "shortest_duration",
]
