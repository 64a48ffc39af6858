#!/usr/bin/env bash
# What the corpus of today teaches the model that the project began with: its AUC on public corpora it never saw, into
# metrics/corpus/frozen.json. So what more text buys is told apart from what a better model buys.
# Usage: studies/frozen_model.sh FOLDER_OF_CORPORA, after `make repro`.
set -euo pipefail
commit=e37bd93
corpora=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
python=$root/.venv/bin/python
tree=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$tree/code"; rm -rf "$tree"' EXIT
git worktree add --quiet --detach "$tree/code" "$commit"
cd "$tree/code"
mkdir -p data
cp "$root/data/train.parquet" data/
for model in tfidf main; do
  "$python" -m pipeline train --model $model --train data/train.parquet --rules labels/rules.yaml \
    --scheme labels/scheme.yaml --params params.yaml --out models/$model.joblib --record models/$model.json
done
"$python" -m pipeline benchmark --corpora "$corpora" --mappings labels/mappings --models models \
  --scheme labels/scheme.yaml --params params.yaml --out "$tree/public"
"$python" - "$tree/public" "$root/metrics/corpus/frozen.json" "$commit" <<'END'
import json, sys
from pathlib import Path

public, out, commit = sys.argv[1:]
read = [json.loads(path.read_text("utf-8")) for path in sorted(Path(public).glob("*.json"))]
found = {target: own["models"]["main"]["auc"] for corpus in read for target, own in corpus["targets"].items()}
told = {"commit": commit, "targets": found}
Path(out).write_text(json.dumps(told, indent=2, sort_keys=True) + "\n", "utf-8")
END
