#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes tables in Markdown, a table of all runs and plots of what run.sh ode measured.

Usage: report.py FOLDER TARGET [DOCS]; writes TARGET/performance-ode.md, TARGET/performance-ode.csv and a plot per problem; with DOCS also puts the tables between the marks in
DOCS/performance-ode.md, the other table beside it and the plots in DOCS/images.
"""
import csv
import json
import math
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import models  # noqa: E402
import plot  # noqa: E402

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
ERRORS = tuple(10.0**-n for n in range(3, 10))
OURS, LIBRARY, EXPONENTIAL = "OncoTwin", "Commons Math", ("matrix-exponential", "expm")
PEERS = ("SciPy", "deSolve", "deSolve, less its call", "CVODE")
COLUMNS = ("problem", "program", "method", "tolerance", "error", "seconds", "runs", "firstSeconds", "callSeconds", "steps", "rejected", "evaluations", "failed")


def seconds_at(points, error):
    """Seconds for an error, between neighbouring runs along the line of their logarithms; the cheapest run if all are better; None if none is as good."""
    good = [(e, s) for s, e in points if e <= error]
    if not good:
        return None
    e0, s0 = min(good, key=lambda p: p[1])
    worse = [(e, s) for s, e in points if e > error and s < s0]
    if not worse:
        return s0
    e1, s1 = min(worse)
    if e0 <= 0:
        return s0
    return math.exp(math.log(s0) + (math.log(error) - math.log(e0)) / (math.log(e1) - math.log(e0)) * (math.log(s1) - math.log(s0)))


def milliseconds(seconds):
    return f"{seconds * 1e3:.3g}"


def power(x):
    return f"1e{round(math.log10(x))}"


class Report:
    def __init__(self, folder):
        self.folder, self.lines = folder, []
        self.solver, self.peers = self.load("solver.json"), self.load("peers.json")
        self.runs = self.solver["runs"] + self.peers["runs"]
        self.problems = [p for p in models.PROBLEMS if any(r["problem"] == p.name for r in self.runs)]

    def load(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return json.load(file)

    def line(self, text=""):
        self.lines.append(text)

    def table(self, head, rows):
        self.line("| " + " | ".join(head) + " |")
        self.line("|" + "---|" * len(head))
        for row in rows:
            self.line("| " + " | ".join(row) + " |")
        self.line()

    def write(self):
        self.machine()
        self.targets()
        for problem in self.problems:
            self.equal_error(problem)
        self.linear()
        self.details()
        self.gave_up()
        self.order()
        self.batches()
        return "\n".join(self.lines) + "\n"

    def machine(self):
        s = self.solver
        self.line(f"Java {s['java']}, {s['processors']} processors, load average {s['loadAverageAtStart']:.1f} at the start and {s['loadAverageAtEnd']:.1f} at the end of the Java part "
                  "(its own threads included at the end).")
        self.line("Peers: " + ", ".join(f"{k} {v}" for k, v in self.peers["versions"].items()) + ", all on one thread.")
        self.line()

    def points(self, problem):
        """(program, method) to (seconds, error) of its runs, without the exponentials of the linear problem; deSolve also less what its call costs."""
        lines = {}
        for r in self.runs:
            if r["problem"] == problem.name and "error" in r and r["method"] not in EXPONENTIAL and isinstance(r["error"], float):
                lines.setdefault((r["program"], r["method"]), []).append((r["seconds"], r["error"]))
                # a difference of two noisy numbers of nearly the same size says nothing
                if "callSeconds" in r and r["seconds"] > 1.2 * r["callSeconds"]:
                    lines.setdefault((r["program"] + ", less its call", r["method"]), []).append((r["seconds"] - r["callSeconds"], r["error"]))
        return lines

    def made_for(self, problem):
        return {r["method"] for r in self.solver["runs"] if r["problem"] == problem.name and r["program"] == OURS and r["madeForIt"]}

    @staticmethod
    def best(lines, program, error, methods=None):
        """Least seconds of a program for an error, and by which method."""
        found = [(seconds_at(points, error), method) for (of, method), points in lines.items() if of == program and (methods is None or method in methods)]
        return min((f for f in found if f[0] is not None), default=(None, None))

    def targets(self):
        """Times of SciPy's best over ours, per problem and error."""
        self.line("Times to equal error of SciPy's best method as multiples of ours (above 1: ours is faster), ours being the best of those made for the kind of problem:")
        self.line()
        rows, behind = [], []
        for problem in self.problems:
            lines, row = self.points(problem), [problem.title]
            for error in ERRORS:
                ours, _ = self.best(lines, OURS, error, self.made_for(problem))
                scipy, method = self.best(lines, "SciPy", error)
                if ours is None:
                    row.append("not reached")
                    behind.append(f"{problem.title} to {power(error)} (not reached)")
                elif scipy is None:
                    row.append("SciPy does not reach it")
                else:
                    row.append(f"{scipy / ours:.3g}")
                    if scipy < ours:
                        behind.append(f"{problem.title} to {power(error)} ({ours / scipy:.1f} times the seconds of {method})")
            rows.append(row)
        ours, scipy = (next((r for r in self.runs if r["method"] == m and "error" in r and r["problem"] == "physiological"), None) for m in EXPONENTIAL)
        if ours and scipy and scipy["seconds"] < ours["seconds"]:
            behind.append(f"the exponential of the organs' matrix ({ours['seconds'] / scipy['seconds']:.1f} times the seconds of expm, errors {ours['error']:.0e} and {scipy['error']:.0e})")
        self.table(["problem"] + [f"to {power(e)}" for e in ERRORS], rows)
        self.line("The target, at or ahead of SciPy at every error, is **" + ("met**." if not behind else "missed** at: " + "; ".join(behind) + "."))
        self.line()

    def equal_error(self, problem):
        lines = self.points(problem)
        self.line(f"### {problem.title}")
        self.line()
        self.line("Milliseconds to equal error; for the peers the best method and its time as a multiple of ours:")
        self.line()
        rows, mine = [], self.made_for(problem)
        ours = {e: self.best(lines, OURS, e, mine)[0] for e in ERRORS}
        for (program, method), points in lines.items():
            if program == OURS:
                cells = [seconds_at(points, e) for e in ERRORS]
                rows.append([f"`{method}`" + ("" if method in mine else " (not made for it)")] + ["not reached" if c is None else milliseconds(c) for c in cells])
        for program in (LIBRARY, *PEERS):
            if not any(of == program for of, _ in lines):
                continue
            row = [program]
            for e in ERRORS:
                seconds, method = self.best(lines, program, e)
                ratio = f", {seconds / ours[e]:.2g} x" if seconds is not None and ours[e] else ""
                row.append("not reached" if seconds is None else f"{milliseconds(seconds)} ({method}{ratio})")
            rows.append(row)
        self.table([""] + [f"to {power(e)}" for e in ERRORS], rows)
        self.line(f"![Error against time](images/{self.image(problem)})")
        self.line()

    def linear(self):
        rows = [r for r in self.runs if r["method"] in EXPONENTIAL and "error" in r and r.get("tolerance") in (None, 1e-10)]
        if rows:
            self.line("### By the exponential of a matrix")
            self.line()
            self.line("The organs are a linear problem, which needs no steps; SciPy: `scipy.linalg.expm` once for each length of interval between doses.")
            self.line()
            self.table(["problem", "program", "milliseconds", "first run, ms", "error"],
                       [(r["problem"], f"{r['program']}, {r['method']}", milliseconds(r["seconds"]), milliseconds(r["firstSeconds"]) if "firstSeconds" in r else "", f"{r['error']:.1e}")
                        for r in rows])

    def details(self):
        self.line("### Every tolerance")
        self.line()
        self.line("Our solvers; the other programs stand in [performance-ode.csv](performance-ode.csv).")
        self.line()
        for problem in self.problems:
            rows = [r for r in self.runs if r["problem"] == problem.name and r["program"] == OURS and "error" in r]
            if not rows:
                continue
            self.line(f"<details><summary>{problem.title}</summary>")
            self.line()
            self.table(["solver", "tolerance", "error", "error / tolerance", "steps", "rejected", "evaluations", "ms (best)", "runs", "first run at 1e-4, ms"],
                       [(f"`{r['method']}`", power(r["tolerance"]), f"{float(r['error']):.1e}", f"{float(r['error']) / r['tolerance']:.2g}", str(r["steps"]), str(r.get("rejected", "")),
                         str(r["evaluations"]), milliseconds(r["seconds"]), str(r["runs"]), milliseconds(r["firstSeconds"])) for r in rows])
            self.line("</details>")
            self.line()

    def gave_up(self):
        rows = [r for r in self.runs if "failed" in r]
        if rows:
            self.line("### Who gave up")
            self.line()
            self.line("A method that gives up is not asked for tighter tolerances in Java. Commons Math and the explicit solvers stop at 2,000,000 evaluations.")
            self.line()
            seen = {}
            for r in rows:
                seen.setdefault((r["problem"], r["program"], r["method"], r["failed"]), []).append(power(r["tolerance"]))
            grouped = {}
            for (problem, program, method, why), at in seen.items():
                why = why.split(", the most allowed")[0].replace("|", "/")
                grouped.setdefault((problem, program, ", ".join(at), why), []).append(method)
            self.table(["problem", "program", "methods", "at", "why"],
                       [(problem, program, ", ".join(methods), at, why) for (problem, program, at, why), methods in grouped.items()])

    def order(self):
        self.line("### Observed order")
        self.line()
        self.line("Steps of equal length (all but the first few, which grow to it) on one dose of the problem with Michaelis-Menten elimination over half a day; order: log2 of the ratio to the row above.")
        self.line()
        rows = []
        for method in self.solver["order"]:
            before = None
            for r in method["steps"]:
                error = r.get("error")
                if error is None:
                    rows.append((f"`{method['method']}`", str(method["statedOrder"]), f"{r['days']:g}", "", r["failed"], ""))
                    continue
                rate = f"{math.log2(before / error):.1f}" if before and error > 1e-13 else ""
                rows.append((f"`{method['method']}`", str(method["statedOrder"]), f"{r['days']:g}", str(r["steps"]), f"{error:.1e}", rate))
                before = error if error > 0 else None
        self.table(["solver", "stated order", "longest step, d", "steps", "error", "order"], rows)
        self.line("Where `dormand-prince-54` seems of more than order 5, its longest steps are close to instability and lose more than the order says.")
        self.line()
        self.line("With steps controlled by the tolerance: minus the slope of the line through log error against log steps, over all tolerances with errors above 1e-12:")
        self.line()
        names = sorted({m for p in self.problems for m in self.made_for(p) if m not in EXPONENTIAL})
        self.table(["solver"] + [p.title for p in self.problems], [[f"`{name}`"] + [self.slope(p, name) for p in self.problems] for name in names])

    def slope(self, problem, method):
        if method not in self.made_for(problem):
            return ""
        points = [(math.log(r["steps"]), math.log(r["error"])) for r in self.solver["runs"]
                  if r["problem"] == problem.name and r["program"] == OURS and r["method"] == method and isinstance(r.get("error"), float) and r["error"] > 1e-12]
        if len(points) < 3 or len({x for x, _ in points}) < 3:
            return ""
        x, y = (sum(v) / len(points) for v in zip(*points))
        return f"{-sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points):.1f}"

    def batches(self):
        self.line("### Batches")
        self.line()
        self.line("Two compartments with own parameters, 20 doses, 30 outputs, relative tolerance 1e-6; largest error of any output in the measure of the tolerance. "
                  "Bytes: allocated by `solve`, the result included.")
        self.line()
        rows = []
        for r in self.solver["batches"]:
            if "failed" in r:
                rows.append((f"`{r['method']}`", "", "", r["failed"], "", "", ""))
            else:
                rows.append((f"`{r['method']}`", str(r["threads"]), str(r["systems"]), f"{r['systemsPerSecond']:.0f}", f"{float(r['error']):.1e}", f"{r['stepsPerSystem']:.0f}",
                             f"{r['bytesPerSystem']:.0f}"))
        for r in self.peers["batches"]:
            rows.append((f"{r['program']}, {r['method']}", "1", str(r["systems"]), f"{r['systemsPerSecond']:.0f}", f"{r['sumError']:.0e} of the sum", "", ""))
        self.table(["solver", "threads", "systems", "systems per second", "largest error", "steps per system", "bytes per system"], rows)

    @staticmethod
    def image(problem):
        return f"ode-{problem.name}.svg"

    def plots(self):
        for problem in self.problems:
            lines = {}
            for (program, method), points in sorted(self.points(problem).items(), key=lambda item: item[0][0] != OURS):
                kept = [(1e3 * s, e) for s, e in points if e > 0]
                if kept and program != "deSolve" and method not in ("daspk", "vode") and (problem.stiff or method not in ("BDF", "Radau")) and (program != LIBRARY or not problem.stiff or problem.name == "hires") and not (
                        program == LIBRARY and method.startswith(("Adams", "Higham", "Dormand-Prince 5"))):
                    lines[method if program == OURS else f"{program}, {method}"] = kept
            if lines:
                yield self.image(problem), plot.log_log(f"{problem.title}: error against time", "milliseconds", "error in the measure of the tolerance", lines)

    def all_runs(self, path):
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
            out.writeheader()
            out.writerows({k: f"{v:.4g}" if isinstance(v, float) else v for k, v in r.items()} for r in self.runs)


def main():
    report, target = Report(sys.argv[1]), sys.argv[2]
    docs = sys.argv[3] if len(sys.argv) > 3 else None
    text = report.write()
    with open(os.path.join(target, "performance-ode.md"), "w", encoding="utf-8") as file:
        file.write(text)
    table = os.path.join(target, "performance-ode.csv")
    report.all_runs(table)
    os.makedirs(os.path.join(target, "images"), exist_ok=True)
    for name, content in report.plots():
        with open(os.path.join(target, "images", name), "w", encoding="utf-8") as file:
            file.write(content)
        if docs:
            shutil.copy(os.path.join(target, "images", name), os.path.join(docs, "images", name))
    if docs:
        shutil.copy(table, os.path.join(docs, "performance-ode.csv"))
        path = os.path.join(docs, "performance-ode.md")
        with open(path, encoding="utf-8") as file:
            old = file.read()
        begin, end = old.index(BEGIN) + len(BEGIN), old.index(END)
        with open(path, "w", encoding="utf-8") as file:
            file.write(old[:begin] + "\n" + text + old[end:])


if __name__ == "__main__":
    main()
