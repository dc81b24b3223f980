"""`python -m benchmarks`: everybody in turn, several rounds, then the tables. `--quick` prints them only."""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from benchmarks import walk
from benchmarks.contenders import AIOGRAM, ROOT, SQLITE, STOCK
from benchmarks.machine import described
from benchmarks.measure import QUICK, WHOLE, Plan, Round, play, scratch
from benchmarks.picture import picture
from benchmarks.report import panels, promises, table
from benchmarks.summary import Summary, summed_up
from benchmarks.targets import targets

HERE = Path(__file__).parent
KEPT = ROOT / "docs/benchmarks"
OURS = (SQLITE,)
PEERS = (AIOGRAM, STOCK)


def main() -> int:
    """Measure and report. Exit code 1: a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="This bot beside its peers.")
    parser.add_argument("--quick", action="store_true", help="one short round, and nothing is written down")
    quick = parser.parse_args().quick
    summaries = _everybody(QUICK if quick else WHOLE)
    peers = [summaries[peer.name] for peer in PEERS]
    kept = {each.name: list(targets(summaries[each.name], *peers)) for each in OURS}
    tables = "\n".join((table(list(summaries.values())), *(promises(*each) for each in kept.items())))
    print(tables)
    if not quick:
        _write(list(summaries.values()), tables)
    return 0 if all(target.met for each in kept.values() for target in each) else 1


def _everybody(plan: Plan) -> dict[str, Summary]:
    """One after the other, round after round: what disturbs the machine disturbs them all."""
    contenders = [*OURS, *PEERS]
    rounds: dict[str, list[Round]] = defaultdict(list)
    with scratch() as folder:
        walk.write(folder / "walk.json")
        for turn in range(plan.rounds):
            for contender in contenders[turn:] + contenders[:turn]:
                print(f"round {turn + 1} of {plan.rounds}: {contender.name}", file=sys.stderr)
                rounds[contender.name].append(play(contender, plan, folder / "walk.json"))
    return {each.name: summed_up(each.name, each.keeps, rounds[each.name]) for each in contenders}


def _write(summaries: list[Summary], tables: str) -> None:
    KEPT.mkdir(exist_ok=True, parents=True)
    drawn = picture("Taps a second and processor time a tap", panels(summaries, [each.name for each in OURS]))
    (KEPT / "benchmarks.svg").write_text(drawn, encoding="utf-8")
    about = (HERE / "about.md").read_text(encoding="utf-8")
    machine = "\n".join(f"- {line}" for line in described())
    (KEPT / "benchmarks.md").write_text(about.format(tables=tables, machine=machine), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
