"""Planning rules: what holds in every sound plan. One rule per file; pure functions of the plan and today."""

from milepost.rules.action_overdue import RULE as ACTION_OVERDUE
from milepost.rules.actual_before_finished import RULE as ACTUAL_BEFORE_FINISHED
from milepost.rules.agreement_missing import RULE as AGREEMENT_MISSING
from milepost.rules.assertion_fails import RULE as ASSERTION_FAILS
from milepost.rules.blocked_too_long import RULE as BLOCKED_TOO_LONG
from milepost.rules.dangling_reference import RULE as DANGLING_REFERENCE
from milepost.rules.date_in_future import RULE as DATE_IN_FUTURE
from milepost.rules.dependency_cycle import RULE as DEPENDENCY_CYCLE
from milepost.rules.dependency_dropped import RULE as DEPENDENCY_DROPPED
from milepost.rules.done_with_open_tasks import RULE as DONE_WITH_OPEN_TASKS
from milepost.rules.done_without_feedback import RULE as DONE_WITHOUT_FEEDBACK
from milepost.rules.done_without_measure_met import RULE as DONE_WITHOUT_MEASURE_MET
from milepost.rules.due_aggressive import RULE as DUE_AGGRESSIVE
from milepost.rules.due_at_risk import RULE as DUE_AT_RISK
from milepost.rules.due_before_dependency import RULE as DUE_BEFORE_DEPENDENCY
from milepost.rules.due_unlikely import RULE as DUE_UNLIKELY
from milepost.rules.duplicate_id import RULE as DUPLICATE_ID
from milepost.rules.enablers_first import RULE as ENABLERS_FIRST
from milepost.rules.estimate_too_wide import RULE as ESTIMATE_TOO_WIDE
from milepost.rules.estimate_upside_down import RULE as ESTIMATE_UPSIDE_DOWN
from milepost.rules.finished_and_dropped import RULE as FINISHED_AND_DROPPED
from milepost.rules.finished_before_started import RULE as FINISHED_BEFORE_STARTED
from milepost.rules.mitigation_overdue import RULE as MITIGATION_OVERDUE
from milepost.rules.must_depends_on_lesser import RULE as MUST_DEPENDS_ON_LESSER
from milepost.rules.must_share import RULE as MUST_SHARE
from milepost.rules.new_technology_without_research import RULE as NEW_TECHNOLOGY_WITHOUT_RESEARCH
from milepost.rules.no_dependencies import RULE as NO_DEPENDENCIES
from milepost.rules.no_evidence import RULE as NO_EVIDENCE
from milepost.rules.no_goal import RULE as NO_GOAL
from milepost.rules.no_owner import RULE as NO_OWNER
from milepost.rules.no_small_wins import RULE as NO_SMALL_WINS
from milepost.rules.not_before_after_due import RULE as NOT_BEFORE_AFTER_DUE
from milepost.rules.not_measurable import RULE as NOT_MEASURABLE
from milepost.rules.not_shipped import RULE as NOT_SHIPPED
from milepost.rules.not_specific import RULE as NOT_SPECIFIC
from milepost.rules.not_time_bound import RULE as NOT_TIME_BOUND
from milepost.rules.nothing_due_soon import RULE as NOTHING_DUE_SOON
from milepost.rules.over_allocated import RULE as OVER_ALLOCATED
from milepost.rules.overdue import RULE as OVERDUE
from milepost.rules.pace_never_seen import RULE as PACE_NEVER_SEEN
from milepost.rules.promise_informs_nobody import RULE as PROMISE_INFORMS_NOBODY
from milepost.rules.promise_moved_without_agreement import RULE as PROMISE_MOVED_WITHOUT_AGREEMENT
from milepost.rules.promise_moved_without_reason import RULE as PROMISE_MOVED_WITHOUT_REASON
from milepost.rules.promise_risks_not_looked_at import RULE as PROMISE_RISKS_NOT_LOOKED_AT
from milepost.rules.promise_without_date import RULE as PROMISE_WITHOUT_DATE
from milepost.rules.research_without_timebox import RULE as RESEARCH_WITHOUT_TIMEBOX
from milepost.rules.review_overdue import RULE as REVIEW_OVERDUE
from milepost.rules.risk_expired import RULE as RISK_EXPIRED
from milepost.rules.risk_review_overdue import RULE as RISK_REVIEW_OVERDUE
from milepost.rules.risk_without_mitigation import RULE as RISK_WITHOUT_MITIGATION
from milepost.rules.risk_without_odds import RULE as RISK_WITHOUT_ODDS
from milepost.rules.risk_without_owner import RULE as RISK_WITHOUT_OWNER
from milepost.rules.risk_without_response import RULE as RISK_WITHOUT_RESPONSE
from milepost.rules.risk_without_review import RULE as RISK_WITHOUT_REVIEW
from milepost.rules.rule import Rule
from milepost.rules.shipped_before_finished import RULE as SHIPPED_BEFORE_FINISHED
from milepost.rules.sprint_ends_before_start import RULE as SPRINT_ENDS_BEFORE_START
from milepost.rules.sprint_left_over import RULE as SPRINT_LEFT_OVER
from milepost.rules.sprint_length import RULE as SPRINT_LENGTH
from milepost.rules.stakeholder_owner import RULE as STAKEHOLDER_OWNER
from milepost.rules.stale import RULE as STALE
from milepost.rules.started_before_dependency import RULE as STARTED_BEFORE_DEPENDENCY
from milepost.rules.task_too_big import RULE as TASK_TOO_BIG
from milepost.rules.tasks_too_small import RULE as TASKS_TOO_SMALL
from milepost.rules.too_long import RULE as TOO_LONG
from milepost.rules.too_many_goals import RULE as TOO_MANY_GOALS
from milepost.rules.too_many_open import RULE as TOO_MANY_OPEN
from milepost.rules.unestimated import RULE as UNESTIMATED
from milepost.rules.vague_word import RULE as VAGUE_WORD
from milepost.rules.vote_without_comment import RULE as VOTE_WITHOUT_COMMENT

RULES: tuple[Rule, ...] = (
    DUPLICATE_ID,
    DANGLING_REFERENCE,
    DEPENDENCY_CYCLE,
    FINISHED_BEFORE_STARTED,
    FINISHED_AND_DROPPED,
    DATE_IN_FUTURE,
    DONE_WITH_OPEN_TASKS,
    SHIPPED_BEFORE_FINISHED,
    ACTUAL_BEFORE_FINISHED,
    NOT_BEFORE_AFTER_DUE,
    ASSERTION_FAILS,
    PROMISE_WITHOUT_DATE,
    MUST_DEPENDS_ON_LESSER,
    ESTIMATE_UPSIDE_DOWN,
    SPRINT_ENDS_BEFORE_START,
    DUE_BEFORE_DEPENDENCY,
    STARTED_BEFORE_DEPENDENCY,
    DEPENDENCY_DROPPED,
    DONE_WITHOUT_MEASURE_MET,
    MUST_SHARE,
    TOO_MANY_OPEN,
    TOO_MANY_GOALS,
    ENABLERS_FIRST,
    NEW_TECHNOLOGY_WITHOUT_RESEARCH,
    STAKEHOLDER_OWNER,
    VOTE_WITHOUT_COMMENT,
    RISK_WITHOUT_MITIGATION,
    SPRINT_LENGTH,
    NOT_TIME_BOUND,
    NOT_SPECIFIC,
    NOT_MEASURABLE,
    NO_OWNER,
    UNESTIMATED,
    NO_GOAL,
    NO_DEPENDENCIES,
    VAGUE_WORD,
    PROMISE_RISKS_NOT_LOOKED_AT,
    NO_EVIDENCE,
    PROMISE_INFORMS_NOBODY,
    NO_SMALL_WINS,
    TASK_TOO_BIG,
    TASKS_TOO_SMALL,
    ESTIMATE_TOO_WIDE,
    RESEARCH_WITHOUT_TIMEBOX,
    RISK_WITHOUT_OWNER,
    RISK_WITHOUT_RESPONSE,
    RISK_WITHOUT_ODDS,
    RISK_WITHOUT_REVIEW,
    PROMISE_MOVED_WITHOUT_REASON,
    PROMISE_MOVED_WITHOUT_AGREEMENT,
    DUE_UNLIKELY,
    DUE_AT_RISK,
    DUE_AGGRESSIVE,
    PACE_NEVER_SEEN,
    NOTHING_DUE_SOON,
    TOO_LONG,
    OVERDUE,
    OVER_ALLOCATED,
    STALE,
    REVIEW_OVERDUE,
    DONE_WITHOUT_FEEDBACK,
    NOT_SHIPPED,
    RISK_REVIEW_OVERDUE,
    RISK_EXPIRED,
    MITIGATION_OVERDUE,
    ACTION_OVERDUE,
    BLOCKED_TOO_LONG,
    AGREEMENT_MISSING,
    SPRINT_LEFT_OVER,
)
