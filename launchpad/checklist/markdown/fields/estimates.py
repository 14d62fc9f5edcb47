"""How long an item is said to take."""

import re

from launchpad.checklist.markdown.durations import field_ms, timing

_LONGEST = 60
_UNIT = re.compile(
    r"[(\[, ](?:in )?(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|h|sec(?:ond)?s?|days?)[)\]. ]*$"
)
_BARE = re.compile(r"[~\u2248]? ?(?:\d{1,4} ?[-\u2013\u2014] ?)?\d{1,4}(?:\.\d{1,2})?")
# What a length in brackets behind these says is a setting, and not how long it takes.
_SETTING = re.compile(
    r"\b(?:age|alerts?|backoff|bans?|cach(?:e|ed|es|ing)|caps?|cool-?downs?|cron|debounc\w*|"
    r"delay(?:ed|s)?|downtime|duration|expir\w*|frequency|freshness|grace|history|intervals?|"
    r"keep-?alive|lag|latency|leases?|lifetimes?|limit(?:ed|s)?|lock-?outs?|notice|older|periods?|"
    r"poll(?:ed|ing|s)?|refresh\w*|response times?|retain\w*|retention|retries|retry|rotat\w*|"
    r"rpo|rto|schedul\w*|sessions?|sla|slo|thresholds?|throttl\w*|time-?outs?|tokens?|ttls?|"
    r"uptime|valid(?:ity)?|warranty|windows?)\b"
)
# "T-30 min" is when it is done.
_COUNTDOWN = re.compile(r"t ?[-+\u2212]")


def estimate_ms(name: str, value: str) -> int | None:
    """Return the length that a field gives, None where it is not understood.

    A bare number is one of the unit in the name: "Estimated Time to Complete (mins)".
    """
    if len(value) > _LONGEST:
        return None
    unit = _UNIT.search(name.casefold())
    said = f"{value} {unit['unit']}" if unit and _BARE.fullmatch(value) else value
    return field_ms(f"time: {said}")


def remark_estimate(text: str, remark: str) -> tuple[int | None, bool]:
    """Return the length that a remark at a text's end gives, and whether it only looks like one.

    text: the words before it: what sets a timeout takes no time.
    """
    if len(remark) > _LONGEST or not any(map(str.isdigit, remark)):
        return None, False
    if _SETTING.search(text.casefold()) or _COUNTDOWN.match(remark.casefold()):
        return None, False
    found = timing(f"_ ({remark})")
    return found.expected_ms, bool(found.doubts)
