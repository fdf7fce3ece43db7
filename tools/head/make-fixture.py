"""Writes test/fixtures/head/lda.json: a small data set and what numpy and scikit-learn make of it.

Run with Debian's python3-sklearn: /usr/bin/python3 tools/head/make-fixture.py > test/fixtures/head/lda.json
Leave-one-out here is a refit without each row (m and the ridge fixed); scikit-learn's LDA, solver "lsqr" with
shrinkage rho / (1 + rho), gives the answers on the held-out rows. Classes are balanced, so both mean the same matrix.
"""

import json

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

D, K, PER_CLASS, H = 12, 4, 12, 0.5
RHOS = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100]
SCALE = 1 / 64

rng = np.random.default_rng(20)
centres = rng.normal(size=(K, D)) * 0.6
y = np.repeat(np.arange(K), PER_CLASS)


def draw():
    return np.clip(np.round((centres[y] + rng.normal(size=(len(y), D))) * 12), -63, 63).astype(int)


def scatter(x, labels):
    return sum(np.cov(x[labels == k].T, bias=True) * (labels == k).sum() for k in np.unique(labels))


def leave_one_out(x, rho):
    """Scores without the small-sample term (n x K), and tau."""
    mean, full = x.mean(0), scatter(x, y)
    ridge = rho * np.trace(full) / D * np.eye(D)
    scores, leverages = [], []
    for i in range(len(x)):
        keep = np.arange(len(x)) != i
        a = scatter(x[keep], y[keep]) + ridge
        c = np.array([x[keep][y[keep] == k].mean(0) for k in range(K)]) - mean
        w = np.linalg.solve(a, c.T).T
        scores.append(w @ (x[i] - mean) - 0.5 * (w * c).sum(1))
        d = x[i] - x[y == y[i]].mean(0)
        bh = PER_CLASS / (PER_CLASS - 1) * d @ np.linalg.solve(full + ridge, d)
        leverages.append(bh / (1 - bh))
    return np.array(scores), np.mean(leverages)


def with_term(scores, tau, h):
    n = np.where(np.arange(K) == y[:, None], PER_CLASS - 1, PER_CLASS)
    return scores + tau / (2 * (n + h))


def log_loss(o, s):
    z = s * o
    top = z.max(1, keepdims=True)
    return np.mean(np.log(np.exp(z - top).sum(1)) + top[:, 0] - z[np.arange(len(y)), y])


def criterion(o, s):
    """The log-loss with Platt's prior: a share of 1 / (n + 2) of each label is spread over all classes."""
    smoothing = 1 / (len(y) + 2)
    return log_loss(o, s) + smoothing * s * np.mean(o[np.arange(len(y)), y] - o.mean(1))


def best_temperature(o):
    found = minimize_scalar(lambda t: criterion(o, np.exp(t)), bounds=(-10, 15), method="bounded", options={"xatol": 1e-9})
    return np.exp(found.x), found.fun


train, held = draw(), draw()
x = train * SCALE
candidates = []
for rho in RHOS:
    scores, tau = leave_one_out(x, rho)
    candidates.append((best_temperature(with_term(scores, tau, H))[1], rho, tau, scores))
_, rho, tau, scores = min(candidates, key=lambda candidate: candidate[0])
s = best_temperature(with_term(scores, tau, 0))[0]
served = with_term(scores, tau, H)
lda = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=rho / (1 + rho), priors=np.full(K, 1 / K)).fit(x, y)
decision = lda.decision_function(held * SCALE) / (len(y) * (1 + rho))
print(
    json.dumps(
        {
            "scale": SCALE,
            "labels": y.tolist(),
            "train": train.tolist(),
            "held": held.tolist(),
            "rho": rho,
            "tau": tau,
            "temperature": s,
            "accuracy": float((served.argmax(1) == y).mean()),
            "logLoss": log_loss(served, s),
            "heldScores": (decision - decision.mean(1, keepdims=True)).round(9).tolist(),
        },
        separators=(",", ":"),
    )
)
