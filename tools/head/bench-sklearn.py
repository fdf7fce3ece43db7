"""Seconds that scikit-learn needs for the same rows, one thread: `bench-sklearn.py rows.f32 n d k` prints JSON.

Prints {} where scikit-learn is not installed.
"""

import json
import os
import sys
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

try:
    import numpy as np
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.linear_model import LogisticRegression, RidgeClassifier
except ImportError:
    print("{}")
    sys.exit()

warnings.filterwarnings("ignore")
path, n, d, k = sys.argv[1], *map(int, sys.argv[2:5])
x = np.fromfile(path, np.float32).reshape(n, d)
y = np.arange(n) % k
models = {
    "LogisticRegression": LogisticRegression(max_iter=100),
    "LinearDiscriminantAnalysis": LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.5),
    "RidgeClassifier": RidgeClassifier(),
}
seconds = {}
for name, model in models.items():
    start = time.perf_counter()
    model.fit(x, y)
    seconds[name] = time.perf_counter() - start
print(json.dumps(seconds))
