import pytest

from launchpad.launch.kinds import Body
from launchpad.launch.sample_facts import SamplesDigested, SamplesThinned
from launchpad.session.telling import tell
from tests.launch.making import Told, event

TOLD: list[tuple[Body, str]] = [
    (
        SamplesDigested(after=0, last=1_500, count=1_440, sha256="ab"),
        "digested 1,440 samples, up to number 1500",
    ),
    (
        SamplesDigested(after=0, last=7, count=1, sha256="ab"),
        "digested 1 sample, up to number 7",
    ),
    (
        SamplesThinned(after=0, last=1_500, kept=66, sha256="ab"),
        "thinned old samples up to number 1500: 66 samples stay",
    ),
]


@pytest.mark.parametrize(("body", "told"), TOLD)
def test_what_became_of_samples_is_told(body: Body, told: str) -> None:
    assert tell(event(2, body), Told().now) == told
