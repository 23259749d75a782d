"""The reference article: scores below the targets fail."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from claims.reading.article import read_article

SHARED = Path(__file__).resolve().parents[3] / "shared"
TARGETS = [
    "figures_span.f1=0.98",
    "figures_exact_value.f1=0.98",
    "figure_attribution.f1=0.95",
    "attributed_statements_source.f1=0.95",
    "dates_edtf.f1=0.98",
    "dates_relative_recall.r=0.90",
    "conflicts_numeric.p=0.80",
    "conflicts_numeric.r=0.83",
    "conflicts_strong.p=0.75",
    "conflicts_strong.r=0.77",
]
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the reference article lies in ../shared, outside the repository"
)


def test_sample_article_reaches_every_target(tmp_path: Path) -> None:
    text = (SHARED / "data/tuareg-rebellion-2012.txt").read_bytes().decode()
    prediction = tmp_path / "prediction.json"
    prediction.write_text(json.dumps(read_article(text).to_json()), encoding="utf-8")
    scorer = [sys.executable, str(SHARED / "tools/score_reading.py"), "--gold"]
    scorer += [str(SHARED / "data/tuareg-rebellion-2012.gold.json"), "--pred", str(prediction)]
    done = subprocess.run(
        [*scorer, "--errors", "--require", *TARGETS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[TRAP]" not in done.stdout
