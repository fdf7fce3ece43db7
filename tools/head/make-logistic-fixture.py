"""Writes test/fixtures/head/logistic.json: scikit-learn's logistic regression on the rows of lda.json.

Run with Debian's python3-sklearn:
/usr/bin/python3 tools/head/make-logistic-fixture.py < test/fixtures/head/lda.json > test/fixtures/head/logistic.json
"""

import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

data = json.load(sys.stdin)
x, held = (np.array(data[part]) * data["scale"] for part in ("train", "held"))
y = np.array(data["labels"])
fits = []
for strength in (0.1, 1, 30):
    model = LogisticRegression(C=strength, tol=1e-10, max_iter=100_000).fit(x, y)
    fits.append(
        {
            "strength": strength,
            "coefficients": model.coef_.round(9).tolist(),
            "heldProbabilities": model.predict_proba(held).round(9).tolist(),
        }
    )
print(json.dumps(fits, separators=(",", ":")))
