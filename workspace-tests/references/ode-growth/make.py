#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Growth curves under treatment effects and linear-quadratic numbers, computed with mpmath at 40 digits.

Usage: make.py [DIRECTORY]      (default: the folder of this script)

With a factor f(t) on proliferation, a kill rate k(t) and instants at which V becomes S V, each growth law turns into a linear equation:
    exponential     V' = r f V - k V                   (ln V)' = r f - k
    logistic        V' = r f V (1 - V/K) - k V         w = 1/V:      w' = -(r f - k) w + r f / K
    Gompertz        V' = a f V ln(K/V) - k V           y = ln(V/K):  y' = -a f y - k
    von Bertalanffy V' = a V^(2/3) - b V               w = V^(1/3):  w' = (a - b w) / 3        (without effects)
The integrals that this leaves are done by mpmath's quadrature between the breakpoints. Every value is checked against SciPy's DOP853.
"""
import csv
import json
import pathlib
import sys

import mpmath
import numpy
import scipy
from mpmath import mpf
from scipy.integrate import solve_ivp

mpmath.mp.dps = 40


class Effects:
    """factor: [(from, to, value)], kill: [(from, to, rate at from, decay per day)], survival: [(day, fraction)]; strings hold decimals exactly."""

    def __init__(self, factor=(), kill=(), survival=()):
        self.factor = [tuple(map(mpf, row)) for row in factor]
        self.kill = [tuple(map(mpf, row)) for row in kill]
        self.survival = [tuple(map(mpf, row)) for row in survival]

    def f(self, t):
        value = mpf(1)
        for start, end, x in self.factor:
            value *= x if start <= t < end else 1
        return value

    def k(self, t):
        return sum((rate * mpmath.exp(-decay * (t - start)) for start, end, rate, decay in self.kill if start <= t < end), mpf(0))

    def kill_integral(self, a, b):
        """Closed form over an interval that lies wholly inside or outside each kill interval."""
        total = mpf(0)
        for start, end, rate, decay in self.kill:
            if start <= a and b <= end:
                total += rate * (b - a) if decay == 0 else rate / decay * (mpmath.exp(-decay * (a - start)) - mpmath.exp(-decay * (b - start)))
        return total

    def breakpoints(self):
        return {x for row in self.factor + self.kill for x in row[:2]} | {row[0] for row in self.survival}


def piece(model, p, effects, a, b, v):
    """V at b from V at a; f is constant in between and no kill interval begins or ends."""
    f, dt = effects.f((a + b) / 2), b - a
    g = effects.kill_integral
    if model == "exponential":
        return v * mpmath.exp(p["rate"] * f * dt - g(a, b))
    if model == "logistic":
        rate = p["rate"] * f

        def grown(t):
            return mpmath.exp(rate * (t - a) - g(a, t))
        return grown(b) / (1 / v + rate / p["capacity"] * mpmath.quad(grown, mpmath.linspace(a, b, 9)))
    if model == "gompertz":
        rate = p["rate"] * f
        y = mpmath.log(v / p["capacity"]) * mpmath.exp(-rate * dt)
        y -= mpmath.quad(lambda t: effects.k(t) * mpmath.exp(-rate * (b - t)), mpmath.linspace(a, b, 9))
        return p["capacity"] * mpmath.exp(y)
    if model == "von-bertalanffy":
        ratio = p["a"] / p["b"]
        return (ratio + (mpmath.cbrt(v) - ratio) * mpmath.exp(-p["b"] / 3 * dt)) ** 3
    raise ValueError(model)


def advance(model, p, effects, times):
    """At an instant of an effect the value is the one after it."""
    stops = sorted(set(times) | {x for x in effects.breakpoints() if 0 <= x <= max(times)} | {mpf(0)})
    v, values = p["initial"], {}
    for i, t in enumerate(stops):
        if i > 0:
            v = piece(model, p, effects, stops[i - 1], t, v)
        for day, fraction in effects.survival:
            if day == t:
                v *= fraction
        values[t] = v
    return [values[t] for t in times]


def check(model, p, effects, times, values):
    q = {name: float(x) for name, x in p.items()}

    def growth(v, f):
        return {"exponential": lambda: q["rate"] * f * v, "logistic": lambda: q["rate"] * f * v * (1 - v / q["capacity"]),
                "gompertz": lambda: q["rate"] * f * v * numpy.log(q["capacity"] / v),
                "von-bertalanffy": lambda: q["a"] * v ** (2 / 3) - q["b"] * v}[model]()

    stops = sorted({float(t) for t in times} | {float(x) for x in effects.breakpoints()} | {0.0})
    v, found = q["initial"], {}
    for i, t in enumerate(stops):
        if i > 0:
            a = stops[i - 1]
            f = float(effects.f(mpf((a + t) / 2)))
            active = [[float(x) for x in row] for row in effects.kill if row[0] <= a and t <= row[1]]

            def kill(s):
                return sum(rate * numpy.exp(-decay * (s - start)) for start, _, rate, decay in active)
            v = float(solve_ivp(lambda s, y: growth(y, f) - kill(s) * y, (a, t), [v], method="DOP853", rtol=3e-14, atol=1e-40).y[0, -1])
        for day, fraction in effects.survival:
            if float(day) == t:
                v *= float(fraction)
        found[t] = v
    return max(abs(found[float(t)] / float(x) - 1) for t, x in zip(times, values))


CURVE = {"initial": "1", "capacity": "100"}
DAYS = [str(t) for t in (1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180)]
FRACTIONS = [(str(day), "0.7") for day in (30, 31, 32, 33, 34, 37, 38, 39, 40, 41)]
CASES = [  # id, model, parameters, effects, times
    ("exponential", "exponential", {"initial": "1", "rate": "0.05"}, {}, DAYS),
    ("exponential-constant-kill", "exponential", {"initial": "1", "rate": "0.05"}, {"kill": [("10", "20", "0.08", "0")]}, DAYS),
    ("logistic", "logistic", {**CURVE, "rate": "0.3"}, {}, DAYS),
    ("logistic-above-capacity", "logistic", {"initial": "150", "capacity": "100", "rate": "0.1"}, {}, DAYS),
    ("logistic-tiny", "logistic", {"initial": "1e-9", "capacity": "100", "rate": "0.2"}, {}, DAYS),
    ("logistic-factor", "logistic", {**CURVE, "rate": "0.1"}, {"factor": [("10", "25", "0.4"), ("40", "50", "0")]}, DAYS),
    ("logistic-overlapping-factors", "logistic", {**CURVE, "rate": "0.1"}, {"factor": [("10", "30", "0.5"), ("20", "40", "0.5")]}, DAYS),
    ("logistic-constant-kill", "logistic", {**CURVE, "rate": "0.1"}, {"kill": [("20", "40", "0.15", "0")]}, DAYS),
    ("logistic-kill-equals-growth", "logistic", {**CURVE, "rate": "0.1"}, {"kill": [("20", "40", "0.1", "0")]}, DAYS),
    ("logistic-decaying-kill", "logistic", {**CURVE, "rate": "0.1"}, {"kill": [("5", "500", "0.2", "0.5"), ("26", "500", "0.2", "0.5")]}, DAYS),
    ("logistic-survival", "logistic", {**CURVE, "rate": "0.1"}, {"survival": FRACTIONS}, DAYS + ["31", "41"]),
    ("logistic-all", "logistic", {**CURVE, "rate": "0.1"},
     {"factor": [("28", "50", "0.6")], "kill": [("26", "500", "0.3", "0.25")], "survival": FRACTIONS}, DAYS + ["31", "41"]),
    ("gompertz", "gompertz", {**CURVE, "rate": "0.1"}, {}, DAYS),
    ("gompertz-factor", "gompertz", {**CURVE, "rate": "0.05"}, {"factor": [("10", "25", "0.4"), ("40", "50", "0")]}, DAYS),
    ("gompertz-constant-kill", "gompertz", {**CURVE, "rate": "0.05"}, {"kill": [("20", "40", "0.15", "0")]}, DAYS),
    ("gompertz-decaying-kill", "gompertz", {**CURVE, "rate": "0.05"}, {"kill": [("5", "500", "0.2", "0.5"), ("26", "500", "0.2", "0.5")]}, DAYS),
    ("gompertz-kill-decays-as-growth", "gompertz", {**CURVE, "rate": "0.05"}, {"kill": [("5", "500", "0.2", "0.05")]}, DAYS),
    ("gompertz-survival", "gompertz", {**CURVE, "rate": "0.05"}, {"survival": FRACTIONS}, DAYS + ["31", "41"]),
    ("gompertz-all", "gompertz", {**CURVE, "rate": "0.05"},
     {"factor": [("28", "50", "0.6")], "kill": [("26", "500", "0.3", "0.25")], "survival": FRACTIONS}, DAYS + ["31", "41"]),
    ("von-bertalanffy", "von-bertalanffy", {"initial": "1", "a": "0.5", "b": "0.1"}, {}, DAYS),
]


def growth(out):
    cases, worst = [], 0.0
    for name, model, parameters, effects, times in CASES:
        p = {k: mpf(v) for k, v in parameters.items()}
        times = sorted(map(mpf, times))
        acting = Effects(**effects)
        values = advance(model, p, acting, times)
        difference = check(model, p, acting, times, values)
        assert difference < 1e-11, (name, difference)
        worst = max(worst, difference)
        if name == "logistic":  # the plain closed form, written another way
            assert abs(values[3] - 100 / (1 + 99 * mpmath.exp(-3))) < mpf(10) ** -30
        cases.append({"id": name, "model": model, "parameters": {k: float(v) for k, v in p.items()},
                      **{kind: [[float(x) for x in row] for row in rows] for kind, rows in effects.items()},
                      "days": [float(t) for t in times], "volume_cm3": [float(v) for v in values]})
    rows = [json.dumps(case) for case in cases]
    (out / "growth.json").write_text('{"cases": [\n' + ",\n".join(rows) + "\n]}\n")
    return worst


def linear_quadratic(out):
    """BED and EQD2 as listed by the sources; each is computed again here and must agree to the digits that the source gives."""
    dvh, calc = "DVHmetrics 0.4.2 (R), run", "calculation from the formula"
    bed = [  # fractions, dose per fraction, alpha/beta, BED, EQD2 as given
        ("30", "2", "10", "72", "60", dvh), ("35", "2", "10", "84", "70", calc), ("3", "18", "10", "151.2", "126", dvh), ("5", "10", "10", "100", "83.3333", calc),
        ("4", "12", "10", "105.6", "88", calc), ("15", "2.67", "10", "50.7433", "42.2861", calc), ("15", "2.67", "3", "75.6945", "45.4167", calc),
        ("8", "7.5", "10", "105", "87.5", calc), ("20", "2.5", "2", "112.5", "", dvh), ("20", "2.5", "3", "91.6667", "", dvh), ("20", "2.5", "10", "62.5", "", dvh),
        ("10", "3", "3", "", "36", dvh), ("16", "2.5", "3", "", "44", dvh)]

    def agrees(given, value):
        # the source may have cut the last digit off instead of rounding it
        return not given or abs(mpf(given) - value) <= mpf(10) ** -(len(given.partition(".")[2]) if "." in given else 0)

    with open(out / "bed-eqd2.csv", "w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["fractions", "dose_per_fraction_gy", "alpha_beta_gy", "bed_gy_as_given", "eqd2_gy_as_given", "bed_gy", "eqd2_gy", "source_of_the_given"])
        for n, d, ratio, given_bed, given_eqd2, source in bed:
            value = mpf(n) * mpf(d) * (1 + mpf(d) / mpf(ratio))
            eqd2 = value / (1 + 2 / mpf(ratio))
            assert agrees(given_bed, value) and agrees(given_eqd2, eqd2), (n, d, ratio)
            writer.writerow([n, d, ratio, given_bed, given_eqd2, repr(float(value)), repr(float(eqd2)), source])
    rows = []
    for n, d, alpha, beta in (("1", "2", "0.3", "0.03"), ("30", "2", "0.3", "0.03"), ("30", "2", "0.03", "0.003"), ("15", "2.67", "0.3", "0.03"), ("5", "10", "0.1", "0.05"),
                              ("1", "2", "0.5", "0.05"), ("3", "18", "0.3", "0.03"), ("1", "0", "0.3", "0.03"), ("1", "2", "0.3", "0"), ("1", "2", "0", "0.03")):
        effect = mpf(n) * (mpf(alpha) * mpf(d) + mpf(beta) * mpf(d) ** 2)
        rows.append([n, d, alpha, beta, repr(float(effect)), repr(float(mpmath.exp(-effect)))])
    assert abs(float(rows[0][5]) - 0.4867522560) < 5e-11
    with open(out / "surviving-fraction.csv", "w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["fractions", "dose_per_fraction_gy", "alpha_per_gy", "beta_per_gy2", "effect", "surviving_fraction"])
        writer.writerows(rows)
    isoeffective = 70 * (2 + mpf("3.5")) / (3 + mpf("3.5"))
    tcp = mpmath.exp(-mpf(10) ** 7 * mpmath.exp(-30 * (mpf("0.3") * 2 + mpf("0.03") * 4)))
    repopulated = 84 - mpmath.log(2) * (46 - 21) / (mpf("0.3") * 3)
    matrad = 2 * (1 + mpf(2) * mpf("0.05") / mpf("0.5"))
    for value, given, digits in ((isoeffective, "59.23076923", 8), (tcp, "0.9958472492", 10), (repopulated, "64.7459", 4), (matrad, "2.4", 10)):
        assert abs(value - mpf(given)) < mpf(10) ** -digits, (value, given)
    others = {
        "isoeffective_dose_gy": {"value": float(isoeffective), "what": "70 Gy in 2 Gy to 3 Gy per fraction, alpha/beta 3.5 Gy", "source": dvh + ": 59.23076923"},
        "tcp_poisson": {"value": float(tcp), "what": "exp(-N S), N = 1e7, 30 x 2 Gy, alpha 0.3, beta 0.03", "source": calc},
        "bed_with_repopulation_gy": {"value": float(repopulated), "what": "35 x 2 Gy in 46 d, alpha/beta 10 Gy, alpha 0.3 per Gy: BED - ln 2 (T - Tk) / (alpha Td), Tk 21 d, Td 3 d",
                                     "source": calc},
        "bed_matrad_gy": {"value": float(matrad), "what": "one fraction of 2 Gy, alpha 0.5, beta 0.05", "source": "matRad, test_BEDprojection: 2.4"}}
    (out / "linear-quadratic.json").write_text(json.dumps(others, indent=1) + "\n")


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    worst = growth(out)
    linear_quadratic(out)
    print(f"Python {sys.version.split()[0]}, mpmath {mpmath.__version__}, scipy {scipy.__version__}; largest relative difference from DOP853: {worst:.1e}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent))
