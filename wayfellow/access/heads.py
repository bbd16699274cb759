"""The ends of the audit chains, noted outside the database: whoever cuts off a tail can't cut it off here (docs/adr/0004)."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from wayfellow.access.chain import Broken
from wayfellow.access.models import AuditRow, ChainHead


def lines(*, at: datetime) -> list[str]:
    """One line of JSON for each chain: its number, the number and the MAC of its last row, and when this was noted."""
    return [
        json.dumps({"at": at.isoformat(), "chain": head.chain, "seq": head.seq, "mac": head.mac})
        for head in ChainHead.objects.order_by("chain")
    ]


def append(path: Path, new: list[str]) -> None:
    """Add the lines to the file, readable by its owner only, and on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in new)
        file.flush()
        os.fsync(file.fileno())


def check(path: Path) -> tuple[int, list[Broken]]:
    """Compare the noted heads with the rows that stand there now: how many were noted, and the first of each chain that doesn't fit.

    A file that isn't there has noted nothing. A line that can't be read (a full disk, a torn write) is named as broken, in chain -1.
    """
    if not path.exists():
        return 0, []
    noted: dict[int, dict[int, str]] = {}
    torn: list[Broken] = []
    count = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            head = json.loads(line)
            noted.setdefault(int(head["chain"]), {})[int(head["seq"])] = str(head["mac"])
            count += 1
        except (ValueError, KeyError, TypeError):
            torn.append(Broken(-1, number, f"of {path.name} can't be read"))
    return count, torn + [found for chain in sorted(noted) if (found := _first_wrong(chain, noted[chain]))]


def _first_wrong(chain: int, noted: dict[int, str], batch: int = 500) -> Broken | None:
    numbers = sorted(noted)
    for start in range(0, len(numbers), batch):
        part = numbers[start : start + batch]
        there = dict(AuditRow.objects.filter(chain=chain, seq__in=part).values_list("seq", "mac"))
        for seq in part:
            if seq not in there:
                return Broken(chain, seq, "was noted outside and is gone")
            if there[seq] != noted[seq]:
                return Broken(chain, seq, "isn't the one that was noted outside")
    return None
