"""How fast the released model is, as tables for docs/speed.md."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.report.markdown import Metrics, table

OURS = "ours"


def speed_block(metrics: Metrics) -> str:
    """Sentences a second of everybody in one process, and how many times that our rate is."""
    found = metrics.speed
    ours = found["rates"][OURS]
    rows = [[name, f"{rate:,.0f}", f"{ours / rate:.2g}"] for name, rate in found["rates"].items()]
    rows += [[f"{name}, published", f"{rate:,.0f}", ""] for name, rate in found["published"].items()]
    tail = f"Two processes of ours (`jobs=2`): {found['two_processes']:,.0f} a second by the clock."
    head = ["", "sentences a second", "ours is so many times as fast"]
    return f"{_measured(metrics)}\n\n{table(head, rows)}\n\n{tail}"


def documents_block(metrics: Metrics) -> str:
    """Sentences a second of each step from a file to its labels."""
    rows = ([step, f"{rate:,.0f}"] for step, rate in metrics.speed["documents"].items())
    return table(["step", "sentences a second"], rows)


def aims_block(metrics: Metrics) -> str:
    """What was aimed at beforehand, and whether it is reached."""
    rates = metrics.speed["rates"]
    reached = {
        "sentences a second, two processes, by the clock": (25_000, metrics.speed["two_processes"]),
        "times as fast as scikit-learn": (10, rates[OURS] / rates["scikit-learn, same n-grams"]),
        "times as fast as fastText with characters": (1, rates[OURS] / rates["fastText, words and characters"]),
        "sentences a second, whole documents": (3_000, metrics.speed["documents"]["all"]),
    }
    rows = (
        [what, f"{aim:,}", f"{value:,.1f}" if value < 100 else f"{value:,.0f}", "yes" if value >= aim else "no"]
        for what, (aim, value) in reached.items()
    )
    return table(["", "at least", "measured", "reached"], rows)


def start_block(metrics: Metrics) -> str:
    """What the released model takes before its first label, and to be trained."""
    found = metrics.speed
    rows: list[list[object]] = [
        ["model file, MB", f"{found['model_file_mb']:.1f}"],
        ["load, after imports, s", f"{found['load_seconds']:.2f}"],
        ["first label after that, s", f"{found['first_label_seconds']:.2f}"],
        ["memory by then, MB", f"{found['memory_mb']:,.0f}"],
        ["training, processor seconds", f"{found['training']['processor_seconds']:,.0f}"],
        ["training, seconds by the clock", f"{found['training']['clock_seconds']:,.0f}"],
    ]
    return table(["", ""], rows)


def _measured(metrics: Metrics) -> str:
    found, machine = metrics.speed, metrics.speed["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return (
        f"{found['sentences']:,} sentences of {found['characters']:.0f} characters on average; {machine['processor']}, "
        f"{machine['cores']} cores with {machine['load']} processes running or waiting when it began and "
        f"{machine['load_after']} when it ended; {versions}; model `{found['model_sha256'][:12]}`."
    )


SPEED: dict[str, Callable[[Metrics], str]] = {
    "speed": speed_block,
    "speed-documents": documents_block,
    "speed-aims": aims_block,
    "speed-start": start_block,
}
