#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The glioma course in PyTorch and SciPy, with the stencil of the grid solver: seconds and errors of whole runs as JSON.

PyTorch: the classical Runge-Kutta method of order 4 on all voxels of the grid, float64, every array allocated once. Three ways:
  fixed     steps of one length, the drug as a rate that is evaluated at each stage (half-life 1.8 h), fractions at the end of their step
  events    steps end at every dose, fraction and visit; the rest as above
  exact     in addition the drug is taken out by u = exp(-K) v, K its exact integral, so that only smooth terms are left
SciPy: the voxels of the brain as a sparse matrix. solve_ivp from event to event, with the drug as a rate or taken out exactly; and Strang splitting of
the exact logistic and drug flow and expm_multiply. Its sparse product runs on one thread.

Usage: peers.py FOLDER [--threads 2] [--quick]; FOLDER holds course.json, coarse.bin and coarse-reference.bin.
"""
import argparse
import json
import math
import os
import sys
import time

import numpy


class Course:
    def __init__(self, folder):
        with open(os.path.join(folder, "course.json"), encoding="utf-8") as file:
            values = json.load(file)
        self.days = values["days"]
        self.doses = list(zip(values["doseDays"], values["doseRates"]))
        self.decay = values["decay"]
        self.fractions = set(values["fractionDays"])
        self.surviving = values["surviving"]
        self.diffusion = values["diffusion"]
        self.rho = values["proliferation"]
        self.stops = sorted({*values["doseDays"], *values["fractionDays"], *values["visits"]})

    def rate(self, day):
        return sum(r * math.exp(-self.decay * (day - t)) for t, r in self.doses if t <= day < t + 8)

    def killed(self, start, end):
        """Integral of the rate."""
        total = 0.0
        for t, r in self.doses:
            if t < end and start < t + 8:
                first = max(start, t)
                total += r / self.decay * math.exp(-self.decay * (first - t)) * -math.expm1(-self.decay * (end - first))
        return total


class Problem:
    def __init__(self, folder, name):
        with open(os.path.join(folder, name + ".bin"), "rb") as file:
            data = file.read()
        nx, ny, nz = (int(n) for n in numpy.frombuffer(data, "<i4", 3))
        self.shape, size = (nz, ny, nx), nx * ny * nz
        self.spacing = tuple(numpy.frombuffer(data, "<f8", 3, 12))[::-1]
        self.classes = numpy.frombuffer(data, "u1", size, 36).reshape(self.shape)
        self.initial = numpy.frombuffer(data, "<f8", size, 36 + size).reshape(self.shape).copy()

    def conductances(self, diffusion):
        """Per axis the harmonic mean of D over the squared spacing, 0 at the boundary of the brain."""
        d, faces = numpy.array(diffusion)[self.classes], []
        for axis, h in enumerate(self.spacing):
            n = self.shape[axis]
            a, b = d.take(range(n - 1), axis), d.take(range(1, n), axis)
            with numpy.errstate(invalid="ignore"):
                faces.append(numpy.where((a > 0) & (b > 0), 2 * a * b / (a + b), 0) / h**2)
        return faces


class TorchRungeKutta:
    def __init__(self, torch, problem, course):
        self.torch, self.course = torch, course
        self.u = torch.from_numpy(problem.initial.copy())
        self.slopes = [torch.empty_like(self.u) for _ in range(4)]
        self.at = torch.empty_like(self.u)
        self.faces = [torch.from_numpy(f).contiguous() for f in problem.conductances(course.diffusion)]
        self.differences = [torch.empty_like(f) for f in self.faces]
        self.evaluations = 0

    def slope(self, u, rate, crowding, out):
        torch = self.torch
        torch.mul(u, rate, out=out)
        out.addcmul_(u, u, value=-crowding)
        for axis, c in enumerate(self.faces):
            n = c.shape[axis]
            difference = self.differences[axis]
            torch.sub(u.narrow(axis, 1, n), u.narrow(axis, 0, n), out=difference)
            out.narrow(axis, 0, n).addcmul_(difference, c)
            out.narrow(axis, 1, n).addcmul_(difference, c, value=-1)
        self.evaluations += 1

    def step(self, h, coefficients):
        """coefficients: at the start, the middle and the end of the step, rate of growth and of crowding."""
        torch, k = self.torch, self.slopes
        self.slope(self.u, *coefficients[0], k[0])
        for n, (part, stage) in enumerate(((0.5, 1), (0.5, 1), (1, 2))):
            torch.add(self.u, k[n], alpha=part * h, out=self.at)
            self.slope(self.at, *coefficients[stage], k[n + 1])
        self.u.add_(k[0], alpha=h / 6).add_(k[1], alpha=h / 3).add_(k[2], alpha=h / 3).add_(k[3], alpha=h / 6)

    def with_rate(self, day, h):
        course = self.course
        # At the end of a step the rate is that of before a dose.
        self.step(h, [(course.rho - course.rate(t), course.rho) for t in (day, day + h / 2, day + h * (1 - 1e-12))])

    def fixed(self, h):
        """Fractions at the end of the step in which they fall."""
        fractions, count = sorted(self.course.fractions), round(self.course.days / h)
        for n in range(count):
            self.with_rate(n * h, h)
            while fractions and fractions[0] <= (n + 1) * h + 1e-9:
                self.u.mul_(self.course.surviving)
                fractions.pop(0)
        return count

    def aligned(self, longest, exact):
        day, steps = 0.0, 0
        course = self.course
        for stop in course.stops:
            count = math.ceil((stop - day) / longest - 1e-9)
            h = (stop - day) / count
            for n in range(count):
                start = day + n * h
                if exact:
                    left = [math.exp(-course.killed(day, t)) for t in (start, start + h / 2, start + h)]
                    self.step(h, [(course.rho, course.rho * g) for g in left])
                else:
                    self.with_rate(start, h)
            if exact:
                self.u.mul_(math.exp(-course.killed(day, stop)))
            if stop in course.fractions:
                self.u.mul_(course.surviving)
            steps, day = steps + count, stop
        return steps


class SciPy:
    def __init__(self, problem, course):
        from scipy import sparse
        self.course = course
        inside = problem.classes > 0
        number = numpy.full(problem.shape, -1)
        number[inside] = numpy.arange(inside.sum())
        self.inside = inside
        rows, columns, values = [], [], []
        for axis, faces in enumerate(problem.conductances(course.diffusion)):
            n = faces.shape[axis]
            a, b = number.take(range(n), axis), number.take(range(1, n + 1), axis)
            open_ = faces > 0
            a, b, c = a[open_], b[open_], faces[open_]
            rows += [a, b, a, b]
            columns += [b, a, a, b]
            values += [c, c, -c, -c]
        size = int(inside.sum())
        self.matrix = sparse.csr_matrix(
            (numpy.concatenate(values), (numpy.concatenate(rows), numpy.concatenate(columns))), (size, size))
        self.u = problem.initial[inside]
        self.evaluations = 0

    def solve(self, method, tolerance, exact):
        from scipy.integrate import solve_ivp
        course, matrix, day, steps = self.course, self.matrix, 0.0, 0
        for stop in course.stops:
            start = day
            if exact:
                def slope(t, v):
                    return matrix @ v + course.rho * v * (1 - math.exp(-course.killed(start, t)) * v)
            else:
                last = stop - 1e-9

                def slope(t, u):
                    return matrix @ u + (course.rho * (1 - u) - course.rate(min(t, last))) * u
            solution = solve_ivp(slope, (day, stop), self.u, method, (stop,), rtol=tolerance, atol=1e-3 * tolerance)
            if not solution.success:
                raise RuntimeError(solution.message)
            self.evaluations += solution.nfev
            self.u = solution.y[:, -1]
            if exact:
                self.u *= math.exp(-course.killed(day, stop))
            if stop in course.fractions:
                self.u *= course.surviving
            steps, day = steps + 1, stop
        return steps

    def strang(self, longest):
        from scipy.sparse.linalg import expm_multiply
        course, day, steps = self.course, 0.0, 0
        nodes, weights = numpy.polynomial.legendre.leggauss(8)

        def react(u, start, end):
            # Bernoulli's equation: u g / (1 + u integral of rho g), g = exp(rho t - K).
            def g(t):
                return math.exp(course.rho * (t - start) - course.killed(start, t))
            crowding = sum(w * g(start + (x + 1) / 2 * (end - start)) for x, w in zip(nodes, weights)) * course.rho * (end - start) / 2
            return u * g(end) / (1 + crowding * u)

        for stop in course.stops:
            count = math.ceil((stop - day) / longest - 1e-9)
            h = (stop - day) / count
            step = self.matrix * h
            trace = step.diagonal().sum()
            for n in range(count):
                start = day + n * h
                u = react(self.u, start, start + h / 2)
                u = expm_multiply(step, u, traceA=trace)
                self.u = react(u, start + h / 2, start + h)
            if stop in course.fractions:
                self.u *= course.surviving
            steps, day = steps + count, stop
        return steps


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="the coarsest run of each way alone")
    options = parser.parse_args()
    course, problem = Course(options.folder), Problem(options.folder, "coarse")
    reference = numpy.fromfile(os.path.join(options.folder, "coarse-reference.bin"), "<f8").reshape(problem.shape)
    rows, versions = [], {"python": sys.version.split()[0], "numpy": numpy.__version__}

    def measure(program, way, setting, threads, make, run):
        solver = make()
        start = time.perf_counter()
        steps = run(solver)
        seconds = time.perf_counter() - start
        if program == "SciPy":
            u = numpy.zeros(problem.shape)
            u[solver.inside] = solver.u
        else:
            u = solver.u.numpy()
        rows.append({"program": program, "way": way, "setting": setting, "threads": threads, "seconds": seconds, "steps": steps,
                     "evaluations": solver.evaluations, "countError": abs(float(u.sum() / reference.sum()) - 1),
                     "l1Error": float(numpy.abs(u - reference).sum() / reference.sum())})
        print(json.dumps(rows[-1]), file=sys.stderr)

    def some(settings):
        return settings[:1] if options.quick else settings

    try:
        import torch
        torch.set_num_threads(options.threads)
        torch.set_grad_enabled(False)
        versions["torch"] = torch.__version__
    except ImportError:
        torch = None
    if torch:
        def make():
            return TorchRungeKutta(torch, problem, course)
        make().fixed(27)  # warm-up
        for h in some([0.5]):
            measure("PyTorch RK4", "fixed", h, options.threads, make, lambda s: s.fixed(h))
        for h in some([0.5, 0.25, 0.125, 0.0625]):
            measure("PyTorch RK4", "events", h, options.threads, make, lambda s: s.aligned(h, False))
        for h in some([4, 2, 1, 0.5]):
            measure("PyTorch RK4", "exact", h, options.threads, make, lambda s: s.aligned(h, True))
        if not options.quick:
            fine = TorchRungeKutta(torch, Problem(options.folder, "fine"), course)
            fine.with_rate(0, 0.5)
            start = time.perf_counter()
            for n in range(4):
                fine.with_rate(0.5 * n, 0.5)
            rows.append({"program": "PyTorch RK4", "way": "fine", "threads": options.threads,
                         "secondsPerStep": (time.perf_counter() - start) / 4})
    try:
        import scipy
        versions["scipy"] = scipy.__version__
    except ImportError:
        scipy = None
    if scipy:
        base = SciPy(problem, course)

        def fresh():
            base.u, base.evaluations = problem.initial[base.inside], 0
            return base
        for tolerance in some([1e-2, 1e-4]):
            measure("SciPy", "solve_ivp RK45, drug as a rate", tolerance, 1, fresh, lambda s: s.solve("RK45", tolerance, False))
        for tolerance in some([1e-2, 1e-4, 1e-6]):
            measure("SciPy", "solve_ivp RK45, drug exact", tolerance, 1, fresh, lambda s: s.solve("RK45", tolerance, True))
        for h in some([4, 1]):
            measure("SciPy", "Strang, expm_multiply", h, 1, fresh, lambda s: s.strang(h))
    print(json.dumps({"versions": versions, "runs": rows}, indent=1))


if __name__ == "__main__":
    main()
