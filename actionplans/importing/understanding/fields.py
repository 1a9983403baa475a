"""What a column of a plan may hold, and the headings under which plans write it (the synonyms seen in public plans)."""

from collections.abc import Mapping
from enum import StrEnum

from actionplans.importing.understanding.words import vocabulary


class Field(StrEnum):
    """What a column holds. The values are used in answers to questions about columns."""

    SECTION = "section"
    REFERENCE = "reference"
    ACTION = "action"
    TIMESCALE = "timescale"
    REVISED = "revised"
    START = "start"
    FINISH = "finish"
    COMPLETED = "completed"
    LEAD = "lead"
    WORKING_WITH = "working_with"
    OWNER = "owner"
    FOOTPRINT = "footprint"
    OUTCOME = "outcome"
    MEASURE = "measure"
    PROGRESS = "progress"
    STATUS = "status"
    RAG = "rag"
    PRIORITY = "priority"
    NOTES = "notes"
    MARKED_TIME = "marked_time"
    MARKED_BODY = "marked_body"


# A sheet that begins with one of these is about the table, and is no part of the plan: beside a blank table
# (actionplans/tracker.py), and in a file of a report (concordat/reports/formats/sheets.py).
GUIDANCE = "How to fill in this table"
ABOUT = "About this file"

LABELS: Mapping[Field, str] = {
    Field.SECTION: "Section",
    Field.REFERENCE: "Reference",
    Field.ACTION: "Action",
    Field.TIMESCALE: "Timescale",
    Field.REVISED: "Revised timescale",
    Field.START: "Start date",
    Field.FINISH: "Finish date",
    Field.COMPLETED: "Day of completion",
    Field.LEAD: "Led by",
    Field.WORKING_WITH: "Working with",
    Field.OWNER: "Officer who answers for it (private)",
    Field.FOOTPRINT: "Where it applies",
    Field.OUTCOME: "Outcome",
    Field.MEASURE: "Measure of the outcome",
    Field.PROGRESS: "Progress",
    Field.STATUS: "Status",
    Field.RAG: "RAG rating",
    Field.PRIORITY: "Priority",
    Field.MARKED_TIME: "When, by a mark below a time",
    Field.MARKED_BODY: "Who, by a mark below a body",
    Field.NOTES: "Keep as a note",
}

# Several columns of a table may hold these, and each keeps its heading.
SEVERAL = frozenset(
    {Field.PROGRESS, Field.NOTES, Field.OUTCOME, Field.MEASURE, Field.WORKING_WITH, Field.OWNER, Field.FOOTPRINT}
    | {Field.MARKED_TIME, Field.MARKED_BODY}
)


def phrases(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


# Headings that mean one thing: spoken form, that is words alone.
SYNONYMS: Mapping[Field, tuple[str, ...]] = {
    Field.SECTION: phrases(
        "section|concordat section|concordat principle|concordat area|workstream|work stream|concordat theme|"
        "core principle|concordat standard|national section|concordat heading"
    ),
    Field.REFERENCE: phrases(
        "no|ref|reference|number|action ref|action no|action number|item|item no|ref no|action id|id|"
        "reference number|action reference|action ref no|ref number|item number|nos|line no|sr no|s no|"
        "unique id|unique ref|ser|serial|serial no|serial number"
    ),
    Field.ACTION: phrases(
        "action|actions|deliverable|deliverables|recommended local actions|local actions|"
        "proposed local actions|recommended actions|proposed actions|recommended proposed local actions|"
        "action required|actions required|what we will do|what we said we will do|what we said we would do|"
        "what will we do|tasks|task|key actions|key action|"
        "activity|activities|actions to be taken|action to be taken|agreed action|agreed actions|"
        "action description|description of action|local action|action text|action points|action point|"
        "required action|planned actions|what are we going to do|what|what do we need to do|"
        "action from concordat|action text from crisis care concordat|recommended local action|"
        "proposed action|action detail|actions we will take|what needs to be done|action agreed|actions agreed|"
        "task name|"
        "what we are going to do|what we plan to do|how we will do it"
    ),
    Field.TIMESCALE: phrases(
        "action date|action due|action due date|"
        "timescale|timescales|timeframe|timeframes|time scale|time scales|time frame|by when|due by|due|"
        "due date|target date|deadline|when|date due|when by|completion by|to be completed by|delivery date|"
        "target completion date|timing|timings|complete by|date for completion|target timescale|timeline|"
        "timelines|milestone date|start finish date|start and finish date|start end date|target|"
        "timescale for completion|planned completion date|original timescale|original date|timescale text|"
        "expected completion date|implementation date|completion due|due on|by when date|expected completion|"
        "date to be completed"
    ),
    Field.REVISED: phrases(
        "revised timescale|revised date|revised timescales|new date|revised due date|revised target date|"
        "revised deadline|revised completion date|new timescale|revised timeframe|extended to|new deadline"
    ),
    Field.START: phrases(
        "start|start date|from|starts|begin|start by|starting|commencement date|commence|date started|planned start"
    ),
    Field.FINISH: phrases(
        "finish|finish date|end|end date|to|finish by|until|completion date|planned finish|date of completion"
    ),
    Field.COMPLETED: phrases(
        "completed on|date completed|completed date|actual completion date|actual finish|date closed|"
        "date achieved|actual completion|closed on"
    ),
    Field.LEAD: phrases(
        "led by|lead|leads|lead agency|lead agencies|who|lead organisation|lead organisations|lead partner|"
        "lead partners|agency lead|responsible|responsibility|by whom|responsible agency|"
        "responsible organisation|accountable|accountable lead|agency|agencies|organisation|lead body|"
        "led by whom|who's doing it|who is doing it|"
        "who leads|who will lead|lead responsibility|organisation responsible|action lead|"
        "accountable organisation|leading agency|agencies involved|agency responsible|lead s|organisations|"
        "who by|who will do it|partner responsible|owner organisation|led by working with|lead organisation s|"
        "lead agency s|led by and working with|lead org|lead orgs|lead organization|responsible org|who is leading|"
        "who is responsible|lead agency organisation|lead department|lead service"
    ),
    Field.WORKING_WITH: phrases(
        "working with|supporting partners|partners|supported by|partner agencies|other partners|key partners|"
        "support|supporting agencies|in partnership with|partners involved|other agencies|"
        "supporting organisations|partner organisations|stakeholders|supporting agency|contributors|with whom|"
        "delivery partners"
    ),
    Field.OWNER: phrases(
        "lead officer|officer|named lead|named officer|contact|owner|action owner|lead person|"
        "responsible officer|lead contact|lead name|responsible person|person responsible|contact officer|"
        "contact details|email|lead officer s|named person|name|named contact|assigned to"
    ),
    Field.FOOTPRINT: phrases(
        "footprint|geography|geographical area|where|coverage|area covered|locality|localities|"
        "geographic area|geographic footprint|place|area of coverage"
    ),
    Field.OUTCOME: phrases(
        "outcome|outcomes|concordat outcomes|concordat outcome|outputs|output|expected outcome|"
        "expected outcomes|desired outcome|desired outcomes|intended outcome|intended outcomes|impact|"
        "what difference will it make|benefits|result|results|expected impact|planned outcome|"
        "anticipated outcome|outcome s|what will success look like|success criteria|outputs outcomes|"
        "outcomes outputs|outcome expected|what will be different"
    ),
    Field.MEASURE: phrases(
        "how we will know|how will we know|how we know|how do we know|measure|measures|outcome measure|"
        "outcome measures|performance indicator|performance indicators|"
        "performance indicator product|kpi|kpis|measure of success|measures of success|indicator|"
        "success measure|success measures|evidence|how will we know|measurement|key performance indicator|"
        "metrics|metric|how measured|how will we measure success|indicators|how will it be measured"
    ),
    Field.PROGRESS: phrases(
        "progress|how is it going|how it is going|how are we doing|"
        "summary progress against actions|summary progress|progress against actions|update|updates|"
        "progress update|progress to date|highlights and achievements|comments|comment|highlights|"
        "achievements|owners actions|owner s actions|owner's actions|owners' actions|current position|"
        "position statement|progress report|progress notes|latest update|commentary|status update|"
        "progress made|latest position|progress summary|current progress|summary of progress|"
        "progress comments|progress and comments|update on progress|action update|quarterly update|"
        "progress against action|latest progress|updates on progress|comments progress|"
        "summary of progress against actions|progress updates|position|current update"
    ),
    Field.STATUS: phrases(
        "status|current status|action status|complete|completed|state|delivery status|completed y n|"
        "status of action|completion status|complete y n"
    ),
    Field.RAG: phrases(
        "rag|rag rating|rag status|rag rated|colour|traffic light|brag|rating|brag rating|brag status|"
        "current rag|rag score|traffic light status|progress rag|r a g|delivery rag"
    ),
    Field.PRIORITY: phrases(
        "priority|must do|must dos|national must do|priority level|importance|high medium low|mandatory|priority rating"
    ),
    Field.NOTES: phrases(
        "notes|note|other|resources|resource|cost|costs|budget|risk|risks|issues|barriers|funding|links|"
        "link to other plans|additional information|further information|resource implications|"
        "risks and issues|dependencies|rationale|background|source|gap|gaps|current provision|"
        "what do we have now|resources required|risk and mitigation|where are we now|issue|board|governance|"
        "mitigation|remarks|gap identified|gaps identified|date raised|raised on|date added|previous deadline|"
        "previous date|previous timescale|old deadline|evidence source|due date as understood|in time|last reported on"
    ),
}

# Columns of our own files that nobody fills in by hand, by name and by key: where there is something in one, the table
# is as we wrote it.
WORKED_OUT = frozenset({"Due date as understood", "due_on"})
PLAN = frozenset({"Title of the plan", "plan_title"})
PARTNERSHIP = frozenset({"Name of the partnership", "partnership_name"})
# Headings of our own files that would mean another thing elsewhere, by their keys and in words, to the letter
# (concordat/reports/tracker.py): what they hold is no part of a plan, and worked out anew.
OWN: Mapping[str, Field] = dict.fromkeys(
    phrases(
        "partnership_name|plan_title|plan_version|due_on|confidence|status_word|is_overdue|starts_on|due_precision|"
        "review_every_months|first_due_on|times_moved|completed_on|last_reported_on|partnership_slug|action_id|"
        "Name of the partnership|Title of the plan|Version of the plan|Status in one word|Overdue in public|"
        "First day of the timescale|Due by the end of a|Reviewed every so many months|Due date as first planned|"
        "Times that the date moved|Day on which it was completed|Partnership in addresses|Action in addresses"
    ),
    Field.NOTES,
)

# Headings that may mean this, if no other column does so plainly.
PERHAPS: Mapping[Field, tuple[str, ...]] = {
    Field.ACTION: phrases(
        "focus|objective|objectives|aim|aims|recommendation|recommendations|description|detail|details|"
        "commitment|commitments|standard|requirement|we will|title|initiative|project|subject|expectation"
    ),
    Field.SECTION: phrases("theme|principle|heading|domain|area|category|chapter|topic|strand|bucket|group"),
    Field.TIMESCALE: phrases("date|dates|month|quarter|review date"),
    Field.PROGRESS: phrases("narrative|update on status|actions taken|action taken|next steps"),
    Field.REFERENCE: phrases("code|key|line|row|index"),
    Field.LEAD: phrases("partner|named leads|service|team|provider"),
    Field.OUTCOME: phrases("purpose|goal|goals|product|products|why"),
}

# Words that say when a progress column was written and not what it holds: "Q2 Update", "Progress @ Dec 2015".
DATING = vocabulary(
    """q1 q2 q3 q4 qtr quarter quarter1 quarter2 quarter3 quarter4 year end as at of to on for the in by from january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec spring summer autumn winter"""
)
