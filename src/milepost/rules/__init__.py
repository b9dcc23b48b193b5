"""Planning rules: what holds in every sound plan. One rule per file; pure functions of the plan and today."""

from milepost.rules.dangling_reference import RULE as DANGLING_REFERENCE
from milepost.rules.date_in_future import RULE as DATE_IN_FUTURE
from milepost.rules.dependency_cycle import RULE as DEPENDENCY_CYCLE
from milepost.rules.done_with_open_tasks import RULE as DONE_WITH_OPEN_TASKS
from milepost.rules.duplicate_id import RULE as DUPLICATE_ID
from milepost.rules.finished_and_dropped import RULE as FINISHED_AND_DROPPED
from milepost.rules.finished_before_started import RULE as FINISHED_BEFORE_STARTED
from milepost.rules.not_before_after_due import RULE as NOT_BEFORE_AFTER_DUE
from milepost.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    DUPLICATE_ID,
    DANGLING_REFERENCE,
    DEPENDENCY_CYCLE,
    FINISHED_BEFORE_STARTED,
    FINISHED_AND_DROPPED,
    DATE_IN_FUTURE,
    DONE_WITH_OPEN_TASKS,
    NOT_BEFORE_AFTER_DUE,
)
