#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The ODE benchmarks in other programs, as JSON: SciPy's solve_ivp and odeint with plain Python functions, and, without such calls, CVODE of SUNDIALS and deSolve of R with the models in C.

Usage: peers.py FOLDER; works in FOLDER. What is not installed is said and left out (Debian: python3-scipy, libsundials-dev and gcc, r-cran-desolve).
"""
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import time

import models
import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCES = os.path.join(HERE, "..", "..", "..", "references", "ode-benchmarks", "expected.json")
STIFF, EXPLICIT, COMPILED_LOOP = ("LSODA", "BDF", "Radau"), ("RK45", "DOP853"), "odeint"
SECONDS = 0.12
LONGEST = 20.0  # seconds of SciPy for one method and problem; tighter tolerances are left out then
SYSTEMS = {"CVODE": 10_000, "deSolve": 300, "SciPy": 30}


def say(text):
    print(text, file=sys.stderr, flush=True)


def repeated(work):
    """Best seconds, repetitions, result."""
    best, total, runs = math.inf, 0.0, 0
    while total < SECONDS or runs < 2 and total < 1:
        start = time.perf_counter()
        result = work()
        took = time.perf_counter() - start
        best, total, runs = min(best, took), total + took, runs + 1
    return best, runs, result


def scipy_run(problem, method, relative):
    """From dose to dose with a fresh start after each."""
    from scipy.integrate import odeint, solve_ivp

    y, steps, evaluations = numpy.array(problem.initial, float), 0, 0
    jacobian = {} if method in EXPLICIT else {"jac": problem.jacobian}
    for start, end, change in problem.segments():
        if method == COMPILED_LOOP:
            table, info = odeint(problem.derivatives, y + change, [start, end], Dfun=problem.jacobian, tfirst=True, rtol=relative, atol=relative * numpy.array(problem.floor), mxstep=2_000_000,
                                 full_output=True)
            if info["message"] != "Integration successful.":
                raise ArithmeticError(info["message"])
            y, steps, evaluations = table[-1], steps + int(info["nst"][-1]), evaluations + int(info["nfe"][-1])
            continue
        part = solve_ivp(problem.derivatives, (start, end), y + change, method=method, rtol=relative, atol=relative * numpy.array(problem.floor), **jacobian)
        if not part.success:
            raise ArithmeticError(part.message)
        y, steps, evaluations = part.y[:, -1], steps + len(part.t) - 1, evaluations + part.nfev
    return y, steps, evaluations


def scipy_exponential(problem):
    """What SciPy offers for a linear problem: a matrix exponential per length of interval."""
    from scipy.linalg import expm

    y, flows = numpy.array(problem.initial, float), {}
    for start, end, change in problem.segments():
        length = round((end - start) * models.MILLISECONDS)
        if length not in flows:
            flows[length] = expm(problem.matrix * (length / models.MILLISECONDS))
        y = flows[length] @ (y + change)
    return y


def scipy_rows(problem, reference):
    for method in (*STIFF, COMPILED_LOOP, *(() if problem.stiff else EXPLICIT)):
        spent = 0.0
        for digits in range(4, 11):
            row = {"problem": problem.name, "program": "SciPy", "method": method, "tolerance": float(f"1e-{digits}")}
            if spent > LONGEST:
                row["failed"] = f"left out: looser tolerances had taken {spent:.0f} s"
            else:
                begin = time.perf_counter()
                try:
                    seconds, runs, (y, steps, evaluations) = repeated(lambda: scipy_run(problem, method, row["tolerance"]))
                    row.update(seconds=seconds, runs=runs, steps=steps, evaluations=evaluations, error=problem.error(y, reference))
                except ArithmeticError as e:
                    row["failed"] = str(e)
                spent += time.perf_counter() - begin
            yield row
    if problem.linear:
        seconds, runs, y = repeated(lambda: scipy_exponential(problem))
        yield {"problem": problem.name, "program": "SciPy", "method": "expm", "seconds": seconds, "runs": runs, "error": problem.error(y, reference)}


class TwoCompartments(models.Problem):
    """One patient of the batch; parameters as in TwoCompartments.java."""

    name, stiff = "two-compartments", False
    end, initial, floor = 10.0, (0.0, 0.0), (1e-3, 1e-3)
    doses = tuple((n * models.MILLISECONDS // 2, 0, 100.0) for n in range(20))
    IRRATIONAL, MIDDLE = (0.8566748838545029, 0.733891856627126, 0.6287067210378087, 0.5385972572236101), (48, 20, 36, 60)

    def __init__(self, number):
        cl, v1, q, v2 = (m * math.exp(1.2 * ((number + 1) * k % 1 - 0.5)) for m, k in zip(self.MIDDLE, self.IRRATIONAL))
        self.matrix = [[-(cl + q) / v1, q / v2], [q / v1, -q / v2]]

    def derivatives(self, t, y):
        a, b = y.tolist()
        (p, q), (r, s) = self.matrix
        return [p * a + q * b, r * a + s * b]

    def jacobian(self, t, y):
        return self.matrix


def scipy_batch(method):
    from scipy.integrate import solve_ivp

    outputs = numpy.append(numpy.arange(1, 30) * 10 / 30, 10.0)
    start, total = time.perf_counter(), 0.0
    for number in range(SYSTEMS["SciPy"]):
        problem = TwoCompartments(number)
        y = numpy.array(problem.initial)
        jacobian = {} if method in EXPLICIT else {"jac": problem.jacobian}
        for begin, end, change in problem.segments():
            wanted = numpy.append(outputs[(outputs >= begin) & (outputs < end)], end)
            y = solve_ivp(problem.derivatives, (begin, end), y + change, method=method, rtol=1e-6, atol=1e-9, t_eval=wanted, **jacobian).y[:, -1]
        total += float(y[1])
    took = time.perf_counter() - start
    return {"problem": "batch", "program": "SciPy", "method": method, "tolerance": 1e-6, "systems": SYSTEMS["SciPy"], "systemsPerSecond": SYSTEMS["SciPy"] / took, "sum": total}


def check_batch(row):
    """The sum of the second amounts at the end, by eigenvectors, so that a peer that solved something else is found out."""
    matrices = numpy.array([TwoCompartments(number).matrix for number in range(row["systems"])])
    values, vectors = numpy.linalg.eig(matrices)
    shares = numpy.linalg.solve(vectors, numpy.broadcast_to([[100.0], [0.0]], (len(matrices), 2, 1)))[:, :, 0]
    decayed = sum(numpy.exp(values * (10 - n / 2)) for n in range(20))
    exact = float(numpy.sum(vectors[:, 1, :] * shares * decayed))
    if abs(row["sum"] / exact - 1) > 1e-4:
        raise ArithmeticError(f"{row['program']}, {row['method']} solved another batch: {row['sum']} in place of {exact}")
    return {**row, "sumError": abs(row["sum"] / exact - 1)}


def write_problems(path, references):
    """The problems for the programs in C and R: name, sizes, end, initial state, floors, reference, doses, constants."""
    with open(path, "w", encoding="utf-8") as file:
        for problem in models.PROBLEMS:
            print(problem.name, len(problem.initial), len(problem.doses), len(problem.constants), file=file)
            for values in ([problem.end], problem.initial, problem.floor, references[problem.name]["state"],
                           *([ms / models.MILLISECONDS, component, amount] for ms, component, amount in problem.doses), problem.constants):
                print(*(repr(float(v)) for v in values), file=file)


def lines_of(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def compiled(folder, references):
    """Rows of CVODE and of deSolve, and their versions."""
    problems = os.path.join(folder, "problems.txt")
    write_problems(problems, references)
    flags = ["gcc", "-O3", "-march=native", "-Wall"]
    rows, versions = [], {}
    program = os.path.join(folder, "cvode")
    link = ["-lsundials_cvode", "-lsundials_nvecserial", "-lsundials_sunlinsoldense", "-lsundials_sunmatrixdense", "-lsundials_generic", "-lm"]
    built = shutil.which("gcc") and subprocess.run(
        [*flags, "-o", program, os.path.join(HERE, "cvode.c"), os.path.join(HERE, "models.c"), *link], stderr=subprocess.DEVNULL, check=False).returncode == 0
    if built:
        say("CVODE")
        for row in lines_of([program, problems, str(SYSTEMS["CVODE"])]):
            if "derivativesAtReference" in row:
                problem = next(p for p in models.PROBLEMS if p.name == row["problem"])
                ours = problem.derivatives(0, numpy.array(references[problem.name]["state"]))
                if not numpy.allclose(row["derivativesAtReference"], ours, rtol=1e-9, atol=1e-9):
                    raise ArithmeticError(f"{problem.name} in C is another problem: {row['derivativesAtReference']} against {ours}")
            else:
                rows.append(row)
        versions["SUNDIALS"] = version("libsundials-dev")
    if shutil.which("gcc") and shutil.which("Rscript") and subprocess.run(["Rscript", "-e", "library(deSolve)"], capture_output=True, check=False).returncode == 0:
        say("deSolve")
        shared = os.path.join(folder, "odemodels.so")
        subprocess.run([*flags, "-shared", "-fPIC", "-o", shared, os.path.join(HERE, "models.c")], check=True)
        for row in lines_of(["Rscript", "--vanilla", os.path.join(HERE, "desolve.R"), problems, shared, str(SYSTEMS["deSolve"])]):
            if "versions" in row:
                versions.update(row["versions"])
            else:
                rows.append(row)
    return rows, versions


def version(package):
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False)
    return done.stdout or "of unknown version"


def main():
    folder = sys.argv[1]
    with open(REFERENCES, encoding="utf-8") as file:
        references = json.load(file)
    rows, versions = compiled(folder, references)
    try:
        import scipy
    except ImportError:
        scipy = None
    if scipy:
        for problem in models.PROBLEMS:
            say("SciPy: " + problem.title)
            rows += scipy_rows(problem, references[problem.name]["state"])
        rows += [scipy_batch(method) for method in ("LSODA", "DOP853")]
        versions.update(Python=platform.python_version(), numpy=numpy.__version__, SciPy=scipy.__version__)
    json.dump({"versions": versions, "runs": [r for r in rows if r["problem"] != "batch"], "batches": [check_batch(r) for r in rows if r["problem"] == "batch"]}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
