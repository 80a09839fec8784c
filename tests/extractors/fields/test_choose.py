"""The chooser: agreement, weights, confidence."""

import pytest

from extractors.document import Candidate
from extractors.fields.choose import Chosen, calibrated, choose


def voice(value: str, signal: str, weight: float) -> Candidate[str]:
    return Candidate(value, f"raw {value}", f"origin {signal}", signal, weight)


def test_nothing_to_choose() -> None:
    assert choose([]) is None


def test_agreement_beats_one_loud_voice() -> None:
    found: Chosen[str] | None = choose([voice("a", "1", 6.0), voice("b", "2", 5.0), voice("b", "3", 5.0)])
    assert found is not None
    assert found.value == "b"
    assert found.provenance.origin == "origin 2"
    assert found.provenance.raw == "raw b"


def test_a_signal_speaks_once() -> None:
    found: Chosen[str] | None = choose([voice("a", "1", 6.0), *[voice("b", "2", 5.0)] * 9])
    assert found is not None
    assert found.value == "a"


def test_a_weak_voice_more_is_no_evidence_against() -> None:
    found: Chosen[str] | None = choose([voice("a", "1", 5.0), voice("a", "2", 0.1), voice("b", "3", 4.5)])
    assert found is not None
    assert found.value == "a"


def test_confidence_grows_with_agreement_and_falls_with_rivals() -> None:
    def confidence(*voices: Candidate[str]) -> float:
        found: Chosen[str] | None = choose(voices)
        assert found is not None
        return found.provenance.confidence

    alone = confidence(voice("a", "1", 6.0))
    assert confidence(voice("a", "1", 6.0), voice("a", "2", 6.0)) > alone > confidence(voice("a", "1", 6.0), voice("b", "2", 5.0))
    assert 0.0 < alone < 1.0


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0.2), (0.25, 0.3), (0.5, 0.4), (0.75, 0.7), (1.0, 1.0)])
def test_calibration_reads_between_points(share: float, expected: float) -> None:
    assert calibrated(share, ((0.0, 0.2), (0.5, 0.4), (1.0, 1.0))) == pytest.approx(expected)
