"""What tuned scikit-learn logistic regression answers on given trials: `accuracy-sklearn.py FOLDER` prints JSON.

FOLDER holds trials.json, `{"sets": [{"file", "dimension", "labels"}], "trials": [{"set", "train", "test"}]}`, where
`train` and `test` are row numbers of the set, and one file of float32 rows per set. For each trial comes back
`{"c", "answers", "probabilities"}`: the label answered to each test row, and the probability given to its own label.

Tuning: LogisticRegression (multinomial, L2), C out of eleven values from 1 to 10^5 by stratified 4-fold
cross-validation inside the training rows, once by log-loss and once by accuracy (ties: the smaller C); a class with
one example stays in every training part. Rows are turned into the space they span first (QR): the L2-penalised optimum
is the same and fits are many times faster. Prints null where scikit-learn is not installed.
"""

import json
import os
import sys
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

try:
    import numpy as np
    from sklearn.linear_model import LogisticRegression
except ImportError:
    print("null")
    sys.exit()

warnings.filterwarnings("ignore")
CS = np.logspace(0, 5, 11)
FOLDS = 4


def fold_of(y):
    """Fold of each row, in turn within its class; -1 (always in training) for the only row of a class."""
    fold = np.empty(len(y), int)
    for label in np.unique(y):
        own = np.flatnonzero(y == label)
        fold[own] = np.arange(len(own)) % FOLDS if len(own) > 1 else -1
    return fold


def path(x, y, held):
    """Probabilities of the held rows for every C, each fit starting from the last."""
    model = LogisticRegression(max_iter=1000, warm_start=True)
    for c in CS:
        yield model.set_params(C=c).fit(x, y).predict_proba(held)


def cross_validate(x, y):
    """The C of least held-out log-loss and the C of most held-out right answers."""
    loss, right = np.zeros(len(CS)), np.zeros(len(CS))
    fold = fold_of(y)
    for f in range(fold.max() + 1):
        held = fold == f
        for i, p in enumerate(path(x[~held], y[~held], x[held])):
            loss[i] -= np.log(p[np.arange(held.sum()), y[held]]).sum()
            right[i] += (p.argmax(1) == y[held]).sum()
    return CS[loss.argmin()], CS[right.argmax()]


def judge(x, y, held, truth, c):
    p = LogisticRegression(max_iter=1000, C=c).fit(x, y).predict_proba(held)
    return {"c": c, "answers": p.argmax(1).tolist(), "probabilities": p[np.arange(len(truth)), truth].tolist()}


def run(rows, labels, trial):
    train, test = trial["train"], trial["test"]
    classes, y = np.unique(labels[train], return_inverse=True)
    q, r = np.linalg.qr(rows[train].T)
    x, held = r.T, rows[test] @ q
    truth = np.searchsorted(classes, labels[test])
    by_loss, by_accuracy = cross_validate(x, y)
    results = {}
    for name, c in (("byLogLoss", by_loss), ("byAccuracy", by_accuracy)):
        results[name] = judge(x, y, held, truth, float(c))
        results[name]["answers"] = classes[results[name]["answers"]].tolist()
    return results


folder = sys.argv[1]
with open(os.path.join(folder, "trials.json"), encoding="utf-8") as file:
    problem = json.load(file)
sets = []
for entry in problem["sets"]:
    data = np.fromfile(os.path.join(folder, entry["file"]), np.float32).reshape(-1, entry["dimension"])
    sets.append((data.astype(float), np.array(entry["labels"])))
print(json.dumps([run(*sets[trial["set"]], trial) for trial in problem["trials"]]))
