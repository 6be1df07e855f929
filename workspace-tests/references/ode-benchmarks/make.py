#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reference solutions of the ODE benchmarks, written to expected.json beside this file.

Each problem is solved by collocation at the five Radau points (Radau IIA, order 9) in 80-bit numbers, from event to event, on the steps of SciPy's Radau at a middling tolerance,
each split into 2 and into 4; the two solutions must agree to 1e-13 and the finer one is written. Coefficients are computed here with mpmath. SciPy's Radau at rtol 1e-13 and, where
there is one, the published solution are compared and the differences written down. The linear problem is also solved by the matrix exponential with 60 digits.

Needs numpy, scipy, mpmath (Debian: python3-scipy, python3-mpmath). Usage: make.py
"""
import json
import os
import sys

import mpmath
import numpy
from scipy.integrate import solve_ivp
from scipy.linalg import lu_factor, lu_solve

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "benchmarks", "scripts", "ode"))
import models  # noqa: E402

WIDE = numpy.longdouble
STAGES = 5
AGREE = 1e-13
MAZZIA = "Mazzia, Magherini: Test Set for Initial Value Problem Solvers, release 2.4, University of Bari 2008"
PUBLISHED = {
    "hires": ([0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2, 0.6238968252742796e-2, 0.2849998395185769e-2,
               0.2850001604814231e-2], MAZZIA + ", problem HIRES"),
    "van-der-pol": ([0.1706167732170483e1, -0.8928097010247975e-3], MAZZIA + ", problem VDPOL"),
    "oregonator": ([0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3], MAZZIA + ", problem OREGO"),
}


def radau_coefficients():
    """Nodes and matrix of Radau IIA, in wide numbers."""
    with mpmath.workdps(50):
        # d^(s-1)/dx^(s-1) of x^(s-1) (x-1)^s, whose roots are the nodes
        poly = [mpmath.mpf(0)] * (2 * STAGES)
        for k in range(STAGES + 1):
            poly[STAGES - 1 + k] = mpmath.binomial(STAGES, k) * (-1) ** (STAGES - k)
        for _ in range(STAGES - 1):
            poly = [n * c for n, c in enumerate(poly)][1:]
        nodes = sorted(mpmath.re(r) for r in mpmath.polyroots(poly[::-1], maxsteps=500, extraprec=200))
        vandermonde = mpmath.matrix(STAGES, STAGES)
        right = mpmath.matrix(STAGES, STAGES)
        for i, c in enumerate(nodes):
            for k in range(STAGES):
                vandermonde[i, k] = c**k
                right[i, k] = c ** (k + 1) / (k + 1)
        matrix = right * vandermonde**-1
        wide = numpy.array([[WIDE(mpmath.nstr(matrix[i, j], 30)) for j in range(STAGES)] for i in range(STAGES)])
        return wide, numpy.array([WIDE(mpmath.nstr(c, 30)) for c in nodes])


MATRIX, NODES = radau_coefficients()


def step(problem, t, y, h):
    """One step: simplified Newton iteration, the linear algebra in double precision and the residual in wide numbers."""
    n = len(y)
    jacobian = numpy.array(problem.jacobian(float(t), y.astype(float)), float)
    system = lu_factor(numpy.eye(n * STAGES) - float(h) * numpy.kron(MATRIX.astype(float), jacobian))
    z = numpy.zeros((STAGES, n), WIDE)
    scale = numpy.abs(y) + numpy.array(problem.floor, WIDE)
    last = numpy.inf
    for _ in range(60):
        slopes = numpy.array([problem.derivatives(t + c * h, y + zi) for c, zi in zip(NODES, z)], WIDE)
        residual = h * (MATRIX @ slopes) - z
        change = lu_solve(system, residual.astype(float).ravel()).reshape(STAGES, n)
        z += change
        size = float(numpy.max(numpy.abs(change) / scale))
        if size < 1e-18 or size < 1e-15 and size > 0.3 * last:
            return y + z[-1]
        last = size
    raise ArithmeticError(f"{problem.name}: no convergence at {t} with a step of {h}")


def wide(problem, split, relative):
    y = numpy.array(problem.initial, WIDE)
    for start, end, change in problem.segments():
        y = y + numpy.array(change, WIDE)
        coarse = solve_ivp(problem.derivatives, (start, end), y.astype(float), method="Radau", jac=problem.jacobian, rtol=relative, atol=relative * numpy.array(problem.floor))
        ends = coarse.t.astype(WIDE)
        for t0, t1 in zip(ends, ends[1:]):
            h = (t1 - t0) / split
            for k in range(split):
                y = step(problem, t0 + k * h, y, h)
    return y


def exponential(problem):
    """The linear problem with 60 digits."""
    with mpmath.workdps(60):
        n = len(problem.initial)
        a = mpmath.matrix(problem.jacobian(0, numpy.zeros(n)))
        y, flows = mpmath.matrix(problem.initial), {}
        for start, end, change in problem.segments():
            y += mpmath.matrix(change)
            length = mpmath.mpf(end) - mpmath.mpf(start)
            key = mpmath.nstr(length, 30)
            if key not in flows:
                flows[key] = mpmath.expm(a * length)
            y = flows[key] * y
        return [WIDE(mpmath.nstr(v, 30)) for v in y]


def double(problem, relative):
    y = numpy.array(problem.initial, float)
    for start, end, change in problem.segments():
        y = solve_ivp(problem.derivatives, (start, end), y + change, method="Radau", jac=problem.jacobian, rtol=relative, atol=relative * numpy.array(problem.floor)).y[:, -1]
    return y


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    result = {}
    for problem in models.PROBLEMS:
        coarse, fine = (wide(problem, split, 1e-6) for split in (2, 4))
        entry = {"state": [float(v) for v in fine], "differenceOfSplits": problem.error(coarse, fine)}
        if entry["differenceOfSplits"] > AGREE:
            raise ArithmeticError(f"{problem.name}: the two solutions differ by {entry['differenceOfSplits']}")
        entry["differenceOfScipyRadau"] = problem.error(double(problem, 1e-13), fine)
        if problem.name in PUBLISHED:
            values, source = PUBLISHED[problem.name]
            entry.update(published=values, source=source, differenceOfPublished=problem.error(values, fine))
        if problem.linear:
            entry["differenceOfExponential"] = problem.error(exponential(problem), fine)
        probe = models.probe(problem, entry["state"])
        entry["problem"] = {
            "end": problem.end, "initial": problem.initial, "floor": problem.floor, "doses": problem.doses, "probe": probe,
            "derivativesAtProbe": [float(v) for v in problem.derivatives(0, numpy.array(probe))],
            "jacobianAtProbe": [[float(v) for v in row] for row in problem.jacobian(0, numpy.array(probe))]}
        print(problem.name, {k: v for k, v in entry.items() if k.startswith("difference")}, flush=True)
        result[problem.name] = entry
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
