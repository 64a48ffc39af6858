"""The command line: ``python -m pipeline COMMAND ...``.

Only the module of the command that was asked for is imported, so that none waits for what another needs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import cyclopts
from rich.console import Console

from pipeline.core.errors import PipelineError

COMMANDS = {
    "read": "Documents into lines with kind and sentences with offsets.",
    "agree": "Annotation passes into gold labels, and how well annotators agree.",
    "split": "Gold labels into a training part and a held-out part.",
    "versions": "Check and count the aligned versions of articles.",
    "compare-families": "Compare all versions in the corpus with their sources, and measure how well.",
    "label": "Rules vote on every sentence.",
    "audit": "Look for leaks between the parts.",
    "train": "Fit one model.",
    "evaluate": "Score a model on the held-out part.",
    "differences": "Which model is ahead of which, between which floor and ceiling.",
    "slices": "On which kind of text a model does well, and worst.",
    "shares": "Error rates, and whether they give true shares.",
    "contrast": "How often models tell minimal pairs apart.",
    "invariance": "Whether a judgement hangs on who is named.",
    "controls": "Shuffled labels and planted leaks.",
    "gates": "Judge the run by the bounds in params.yaml.",
    "gate": "Fail when a gate failed.",
    "predict": "The released model labels every document of the project.",
    "summarise": "The few numbers that people look at first.",
    "report": "One page per document, an index, and pages about the model and its errors.",
    "document": "Fill the figures of README and docs from the metrics files.",
    "annotate": "Label documents or rows of one's own.",
    "compare": "Compare two versions of a text of one's own.",
    "estimate-shares": "How much of one's own texts carries each label, in spite of errors.",
    "review-queue": "Which sentences a person should look at.",
    "take-review": "Answers of a person into gold.",
    "evaluate-corpus": "Score models on a corpus that others labelled.",
    "benchmark": "Score models and baselines on all public corpora.",
    "texture": "How varied the corpus is, beside public corpora.",
    "people": "How far model annotators agree with people.",
    "transfer-curve": "What more of the corpus buys on public corpora.",
    "coverage": "How often intervals cover the truth at the shape of the held-out part.",
    "leave-out": "How well the model does on a genre, topic or batch that it never saw.",
    "learning-curve": "What more of the training part buys.",
    "regimes": "What rules, their votes and gold labels each teach.",
    "audit-shared": "Look for runs of words shared with texts that may not be redistributed.",
    "reanchor": "Move gold labels along when sentence boundaries changed.",
    "verify": "Compare this run's figures with the committed ones, to three decimals.",
    "doctor": "What is installed, what is missing, what would be downloaded.",
}
USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for a fault of the input, 2 for wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    app = cyclopts.App(
        name="python -m pipeline", help="Rhetorical functions and loaded language, sentence by sentence."
    )
    for name in [words[0]] if words and words[0] in COMMANDS else COMMANDS:
        module = import_module(f"pipeline.stages.{name.replace('-', '_')}")
        app.command(module.run, name=name)
    try:
        app(words, exit_on_error=False, print_error=False, result_action="return_value")
    except cyclopts.CycloptsError as error:
        return _complain(f"usage: {error}", USAGE)
    except PipelineError as error:
        return _complain(str(error), error.exit_code)
    return 0


def _complain(message: str, code: int) -> int:
    one_line = " ".join(message.split())
    Console(stderr=True, emoji=False).print(f"error: {one_line}", markup=False, highlight=False, soft_wrap=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
