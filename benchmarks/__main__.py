"""`python -m benchmarks`: everybody in turn, several rounds, then the tables. `--quick` only prints them."""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from benchmarks import walk
from benchmarks.contenders import AIOGRAM, POSTGRESQL, ROOT, SQLITE, STOCK
from benchmarks.growth import SIZES, Grown, grow
from benchmarks.machine import described
from benchmarks.measure import QUICK, WHOLE, Plan, Round, make_room, play, scratch
from benchmarks.picture import picture
from benchmarks.report import curves, growth_table, panels, promises, table
from benchmarks.summary import Summary, summed_up
from benchmarks.targets import growth_targets, targets

HERE = Path(__file__).parent
KEPT = ROOT / "docs/benchmarks"
OURS = (SQLITE, POSTGRESQL)
PEERS = (AIOGRAM, STOCK)


def main() -> int:
    """Measure and report. Exit code 1: a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="This bot beside its peers.")
    parser.add_argument("--quick", action="store_true", help="one short round, and nothing is written down")
    quick = parser.parse_args().quick
    make_room()
    with scratch() as folder:
        walked = folder / "walk.json"
        walk.write(walked)
        summaries = _everybody(QUICK if quick else WHOLE, walked)
        _say("growth")
        grown = grow(folder, walked, 1, SIZES[:2]) if quick else grow(folder, walked)
    peers = [summaries[peer.name] for peer in PEERS]
    kept = {each.name: list(targets(summaries[each.name], *peers)) for each in OURS}
    kept["growth, SQLite"] = list(growth_targets(grown))
    tables = {
        "peers": table(list(summaries.values())),
        "growth": growth_table(grown),
        "targets": "\n".join(promises(*each) for each in kept.items()),
    }
    print(*tables.values(), sep="\n")
    tables["ruler"] = f"{100 * max(each.ruler for each in summaries.values()):.0f}"
    if not quick:
        _write(list(summaries.values()), grown, tables)
    return 0 if all(target.met for each in kept.values() for target in each) else 1


def _everybody(plan: Plan, walked: Path) -> dict[str, Summary]:
    """One after the other, round after round: what disturbs the machine disturbs them all."""
    contenders = [*OURS, *PEERS]
    rounds: dict[str, list[Round]] = defaultdict(list)
    for turn in range(plan.rounds):
        for contender in contenders[turn:] + contenders[:turn]:
            _say(f"round {turn + 1} of {plan.rounds}: {contender.name}")
            rounds[contender.name].append(play(contender, plan, walked))
    return {each.name: summed_up(each.name, each.keeps, rounds[each.name]) for each in contenders}


def _write(summaries: list[Summary], grown: list[Grown], tables: dict[str, str]) -> None:
    KEPT.mkdir(exist_ok=True, parents=True)
    pictures = {
        "benchmarks.svg": picture(
            "Taps a second and processor time a tap", panels(summaries, [each.name for each in OURS])
        ),
        "growth.svg": picture("Start, tap and figures as the bot fills up", curves(grown)),
    }
    for name, drawn in pictures.items():
        (KEPT / name).write_text(drawn, encoding="utf-8")
    about = (HERE / "about.md").read_text(encoding="utf-8")
    machine = "\n".join(f"- {line}" for line in described())
    (KEPT / "benchmarks.md").write_text(about.format(machine=machine, **tables), encoding="utf-8")


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
