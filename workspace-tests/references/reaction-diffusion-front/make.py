#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Position and speed of a one-dimensional Fisher-KPP front: SciPy against the asymptotic formulas.

Usage: make.py [DIRECTORY]      (default: the folder of this script)

    du/dt = D u_xx + rho u (1 - u),   u(x, 0) = 1 for x < 5 mm and 0 beyond,   no flux at both ends

Cell-centred second-order finite volumes on equal cells, integrated by SciPy's DOP853. Speeds refer to the position of u = 1/2.
"""
import csv
import json
import pathlib
import sys

import numpy
import scipy
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar

D, RHO = 0.1, 0.05  # mm2/d, 1/d
LENGTH, START = 450.0, 5.0  # mm: far enough from the end that the tail ahead of the front does not feel it
SPACINGS = (0.125, 0.25, 0.5, 1.0)  # mm
TIMES = numpy.arange(1, 101) / RHO  # d


def position(h, u):
    """Where u = 1/2: linear interpolation of ln(u / (1 - u)), which is nearly straight across a front."""
    last = numpy.flatnonzero(u > 0.5)[-1]
    a, b = (numpy.log(v / (1 - v)) for v in (u[last], u[last + 1]))
    return (last + 0.5 + a / (a - b)) * h


def front(h, method="DOP853"):
    n = round(LENGTH / h)
    u0 = numpy.where((numpy.arange(n) + 0.5) * h < START, 1.0, 0.0)

    def right_side(t, u):
        change = RHO * u * (1 - u)
        flux = D / h**2 * numpy.diff(u)
        change[:-1] += flux
        change[1:] -= flux
        return change

    # The speed of a pulled front hangs on the tail far ahead: an ordinary absolute tolerance would cut the tail off and slow the front down.
    result = solve_ivp(right_side, (0, TIMES[-1]), u0, method=method, t_eval=TIMES, rtol=1e-8, atol=1e-60)
    assert result.success, result.message
    assert result.y[-1, -1] < 1e-12, "the domain is too short"
    return numpy.array([position(h, u) for u in result.y.T])


def pulled(h):
    """v* = min over s of growth(s)/s for the tail exp(-s x) on a grid of spacing h (h = 0: continuum); s*; half the growth's second derivative."""
    def growth(s):
        return RHO + (D * s**2 if h == 0 else 2 * D * (numpy.cosh(s * h) - 1) / h**2)

    best = minimize_scalar(lambda s: growth(s) / s, bracket=(0.5 * (RHO / D) ** 0.5, (RHO / D) ** 0.5), tol=1e-14)
    return best.fun, best.x, D if h == 0 else D * numpy.cosh(best.x * h)


def speed(h, t, terms=3):
    """Ebert and van Saarloos 2000, eq. 1.8: v* - 3 / (2 s* t) + 3 sqrt(pi) / (2 s*^2 t^1.5 sqrt(D*))."""
    v, s, d = pulled(h)
    parts = (v, -3 / (2 * s * t), 3 * numpy.sqrt(numpy.pi) / (2 * s**2 * t**1.5 * numpy.sqrt(d)))
    return sum(parts[:terms])


def shift(h, t, terms=3):
    """The integral over t of the same, without the constant."""
    v, s, d = pulled(h)
    parts = (v * t, -3 / (2 * s) * numpy.log(t), -3 * numpy.sqrt(numpy.pi) / (s**2 * numpy.sqrt(t) * numpy.sqrt(d)))
    return sum(parts[:terms])


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    columns = {h: front(h) for h in SPACINGS}
    other = front(1.0, "RK45")
    # order 2 in h: the two finest grids give the continuum
    fine, finer = columns[SPACINGS[1]], columns[SPACINGS[0]]
    continuum = finer + (finer - fine) / 3
    with open(out / "position.csv", "w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["rho_t", "day", *(f"position_mm_h_{h}" for h in SPACINGS), "position_mm_h_0_extrapolated"])
        for i, t in enumerate(TIMES):
            writer.writerow([round(RHO * t), repr(float(t)), *(f"{columns[h][i]:.9f}" for h in SPACINGS), f"{continuum[i]:.7f}"])
    # the mean speed over the last ten 1/rho, measured against what the formulas say for the same interval
    rows = []
    for h, x in [*columns.items(), (0, continuum)]:
        v = pulled(h)[0]
        for end in (10, 20, 30, 40, 50, 60, 80, 100):
            start = end - 5
            a, b = TIMES[start - 1], TIMES[end - 1]
            measured = (x[end - 1] - x[start - 1]) / (b - a)

            def relative(terms, spacing):
                return measured / ((shift(spacing, b, terms) - shift(spacing, a, terms)) / (b - a)) - 1

            rows.append([h, start, end, f"{measured:.9f}", f"{measured / (2 * (D * RHO) ** 0.5) - 1:.6f}", f"{relative(2, 0):.6f}", f"{relative(3, 0):.6f}",
                         f"{relative(2, h):.6f}", f"{relative(3, h):.6f}"])
    with open(out / "speed.csv", "w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["h_mm", "from_rho_t", "to_rho_t", "mean_speed_mm_per_day", "relative_to_2_sqrt_D_rho", "relative_to_bramson", "relative_to_ebert_van_saarloos",
                         "relative_to_bramson_on_grid", "relative_to_ebert_van_saarloos_on_grid"])
        writer.writerows(rows)
    (out / "expected.json").write_text(json.dumps({
        "versions": {"python": sys.version.split()[0], "numpy": numpy.__version__, "scipy": scipy.__version__},
        "diffusion_mm2_per_day": D, "proliferation_per_day": RHO, "length_mm": LENGTH, "initial": f"1 for x < {START} mm, else 0",
        "largest_difference_dop853_rk45_mm_at_h_1": float(abs(other - columns[1.0]).max()),
        "pulled_front": {str(h): dict(zip(("speed_mm_per_day", "steepness_per_mm", "diffusion_mm2_per_day"), map(float, pulled(h)))) for h in (0, *SPACINGS)},
    }, indent=1) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent))
