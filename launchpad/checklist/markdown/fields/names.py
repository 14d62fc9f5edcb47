"""The names that people give to a remark on an item: who does it, why, and until when."""

import re
from typing import Literal

from launchpad.checklist.markdown.labels import bare

FieldKind = Literal["owner", "priority", "status", "estimate", "other"]

_LONGEST = 40
_NAMES: dict[FieldKind, str] = {
    "owner": """
        owner|owners|owned by|assignee|assignees|assigned|assigned to|responsible|responsibility|
        responsible party|responsible person|person responsible|task owner|dri|verantwortlich|
        who|lead|pic|performed by|zust\u00e4ndig|responsable|responsabile|respons\u00e1vel|
        \u62c5\u5f53|\u62c5\u5f53\u8005|\u8d1f\u8d23\u4eba
    """,
    "priority": """
        priority|prio|priority level|priorit\u00e4t|priorit\u00e9|prioridad|prioridade|
        priorit\u00e0|        \u512a\u5148\u5ea6|\u4f18\u5148\u7ea7
    """,
    "status": """
        status|current status|state|statut|estado|stato|\u72b6\u614b|\u72b6\u6001|
        \u30b9\u30c6\u30fc\u30bf\u30b9
    """,
    "estimate": """
        estimate|estimated|est|estimated time|estimated time to complete|estimated duration|
        estimated effort|time estimate|expected time|expected duration|expected effort|duration|
        est duration|est time|time to complete|time required|time needed|effort|time|dauer|
        dur\u00e9e|duraci\u00f3n|durata|dura\u00e7\u00e3o|\u6240\u8981\u6642\u9593
    """,
    "other": """
        acceptance|acceptance criteria|acceptance criterion|accountable|action|action required|
        actions|approver|approvers|area|assumptions|backup|blocked by|blocker|blockers|blocks|
        category|comment|comments|completed|component|components|consulted|context|criteria|
        date|deadline|definition of done|deliverable|deliverables|dependencies|dependency|
        depends on|description|detail|details|documentation|docs|due|due by|due date|environment|
        escalation|evidence|expected|expected outcome|expected output|expected result|
        expected results|files|how|how to test|how to verify|impact|informed|issue|issues|jira|
        labels|link|links|location|milestone|mitigation|note|notes|outcome|output|outputs|
        precondition|preconditions|prerequisite|prerequisites|purpose|rationale|reason|ref|refs|
        reference|references|related|requirement|requirements|result|results|reviewer|reviewers|
        risk|risk level|risks|rollback|rollback plan|runbook|scope|see|severity|sla|source|
        stakeholder|stakeholders|start|start date|success criteria|support|tags|target|
        target date|team|test|test plan|tests|testing|ticket|tickets|tool|tools|trigger|type|
        validate|validation|verification|verified by|verify|what|when|where|why|
        abh\u00e4ngigkeiten|begr\u00fcndung|bemerkung|grund|f\u00e4llig|pourquoi|raison|
        \u00e9ch\u00e9ance|por qu\u00e9|motivo|perch\u00e9|scadenza|\u7406\u7531|\u671f\u9650|
        \u5099\u8003|\u5907\u6ce8|\u539f\u56e0
    """,
}
_KINDS = {
    " ".join(name.split()): kind for kind, names in _NAMES.items() for name in names.split("|")
}
_PLURAL = re.compile(r"\(s\)")


def field_kind(name: str) -> FieldKind | None:
    """Return what a name announces, None for one that is not known as a field's."""
    if len(name) > _LONGEST:
        return None
    return _KINDS.get(bare(_PLURAL.sub("", name)).casefold())
