"""Checking samples against what the events say of them; see `digest` for what that proves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from launchpad.log import sampled
from launchpad.log.digest import Digested, Thinned, by_id, kept, mark, sha256
from launchpad.log.reading import Reader


@dataclass(frozen=True, slots=True)
class SamplesChecked:
    """What was found about a launch's samples.

    digested: how many the events name; thinned: so many of these are gone, as it was recorded;
    open: so many came after the last digest, and nothing vouches for them; fault: what is wrong,
    None for nothing.
    """

    digested: int = 0
    thinned: int = 0
    open: int = 0
    fault: str | None = None

    def __str__(self) -> str:
        """Return it in words; nothing where there are no samples."""
        if not self.digested + self.open:
            return ""
        thinned = f", {self.thinned:,} of them thinned" if self.thinned else ""
        after = f", {self.open:,} more that are not digested yet" if self.open else ""
        return f"{self.digested:,} samples digested{thinned}{after}"


UNCHECKED: Final = SamplesChecked()


def check_samples(
    reader: Reader, launch: str, claims: Sequence[Digested | Thinned]
) -> SamplesChecked:
    """Check the samples of a launch. claims: of its events, in order. Raises LogUnreadable."""
    digests = [claim for claim in claims if isinstance(claim, Digested)]
    thinnings = [claim for claim in claims if isinstance(claim, Thinned)]
    thin_to = thinnings[-1].last if thinnings else 0
    last = digests[-1].last if digests else 0
    fault = _gap(digests, "digested") or _gap(thinnings, "thinned")
    gone = 0
    for claim in digests if fault is None else ():
        missing, fault = _digested(reader, launch, claim)
        gone += len(missing)
        if fault is None and missing and claim.last > thin_to:
            fault = f"{_listed(missing)} missing"
        if fault is not None:
            break
    if fault is None:
        fault = next(_thinned(reader, launch, thinnings), None)
    newest = sampled.newest_sample(reader)
    after = sum(1 for _ in sampled.rows(reader, launch, last, newest))
    return SamplesChecked(sum(claim.count for claim in digests), gone, after, fault)


def _gap(claims: Sequence[Digested | Thinned], done: str) -> str | None:
    """Return what is wrong where claims do not follow one another."""
    before = 0
    for claim in claims:
        if claim.after != before or claim.last <= before:
            return f"samples {before + 1} to {claim.after} were not {done}"
        before = claim.last
    return None


def _digested(reader: Reader, launch: str, claim: Digested) -> tuple[list[int], str | None]:
    """Return which samples of a stretch are not there, and what is wrong with the others."""
    stretch = f"samples {claim.after + 1} to {claim.last}"
    text = sampled.marks(reader, launch, claim.after, claim.last)
    marks: Mapping[int, str] = {}
    if sha256([text]) == claim.sha256:
        marks = by_id(text)
    if len(marks) != claim.count:
        rows = list(sampled.rows(reader, launch, claim.after, claim.last))
        same = sha256(map(mark, rows)) == claim.sha256
        altered = "their marks were altered" if same else "not as they were taken, or not all there"
        return [], f"{stretch}: {altered}"
    left = dict(marks)
    for row in sampled.rows(reader, launch, claim.after, claim.last):
        expected = left.pop(row[0], None)
        if expected is None:
            return [], f"sample {row[0]} of probe {row[1]} was slipped in"
        if expected != mark(row):
            return [], f"sample {row[0]} of probe {row[1]} was altered"
    return sorted(left), None


def _thinned(reader: Reader, launch: str, thinnings: Sequence[Thinned]) -> Iterator[str]:
    """Yield what is wrong with what stayed of samples that were thinned."""
    names = sampled.probes(reader, launch) if thinnings else []
    for claim in thinnings:
        marks = []
        for probe in names:
            rows = sampled.rows_of(reader, launch, probe, claim.after, claim.last)
            marks += [mark(row) for row in kept(rows)]
        if sha256(marks) != claim.sha256 or len(marks) != claim.kept:
            stayed = f"{claim.kept:,} of samples {claim.after + 1} to {claim.last} were to stay"
            yield f"{stayed}, and they are not all there"


def _listed(missing: Sequence[int]) -> str:
    if len(missing) == 1:
        return f"sample {missing[0]} is"
    return f"samples {missing[0]} to {missing[-1]}, {len(missing):,} of them, are"
