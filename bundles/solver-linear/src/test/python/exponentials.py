"""Exponentials of matrices for TransitionTest: SciPy's expm, and mpmath's with 60 digits beside it.

Computed with Python 3, NumPy, SciPy 1.17.1 and mpmath. Prints one row per line.
"""

import mpmath
import numpy
import scipy
from scipy.linalg import expm

mpmath.mp.dps = 60

MATRICES = {
    "general": [[0.3, -1.2, 0.7, 2.0], [1.1, -0.4, 0.0, -0.9], [-2.5, 0.6, 0.2, 1.3], [0.8, -0.1, -1.7, -0.6]],
    "defective": [[-2.0, 1.0, 0.0], [0.0, -2.0, 1.0], [0.0, 0.0, -2.0]],
    "three compartments": [[-6.0, 1.5, 0.125], [4.0, -1.5, 0.0], [0.75, 0.0, -0.125]],
    "large": [[-100.0, 40.0, -3.0], [55.0, -80.0, 20.0], [1.0, -7.0, -30.0]],
}

print("SciPy", scipy.__version__, "mpmath", mpmath.__version__)
for name, rows in MATRICES.items():
    by_scipy = expm(numpy.array(rows))
    # mpmath's Taylor series needs more digits for large matrices.
    exact = mpmath.expm(mpmath.matrix(rows), method="taylor")
    print(name)
    for i in range(len(rows)):
        print("  scipy ", ", ".join(repr(float(v)) for v in by_scipy[i]))
        print("  mpmath", ", ".join(repr(float(exact[i, j])) for j in range(len(rows))))
