#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes tables in Markdown and plots of what run.sh measured.

Usage: report.py FOLDER TARGET [DOCS]; writes TARGET/performance.md and two plots; with DOCS also puts the tables between the marks in DOCS/performance.md and the plots in
DOCS/images.
"""
import json
import math
import os
import shutil
import sys

import plot

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
# What the triad moves per element: two reads, one write, and the read that fills the line before it is written.
TRIAD_COUNTED, TRIAD_MOVED = 24, 32
# What a sweep moves per voxel at the least: u, three conductances, the result, the fill of its line. The second sweep of a substep reads the start of the substep as well.
SWEEP_BYTES, SECOND_SWEEP_BYTES = 48, 56
ORDER, WORK = "order-of-steps.svg", "work-precision.svg"
OURS = "grid solver"


class Report:
    def __init__(self, folder):
        self.folder, self.lines = folder, []
        self.solver = self.load("solver.json")
        self.peers = self.load("peers.json")
        self.kernels = self.load("kernels.json")

    def load(self, name):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as file:
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
        bandwidth = self.machine()
        self.targets()
        self.tolerances()
        self.engine()
        self.sweeps(bandwidth)
        self.comparison()
        self.ensemble()
        self.gradient()
        self.order()
        return "\n".join(self.lines) + "\n"

    def machine(self):
        best = {}
        for name in sorted(os.listdir(self.folder)):
            if name.startswith("triad-"):
                t = self.load(name)
                best.setdefault(t["threads"], []).append(t["best_gb_per_s"] * TRIAD_MOVED / TRIAD_COUNTED)
        s = self.solver
        self.line(f"Java {s['java']}, {s['processors']} processors, load average {s['loadAverageAtStart']:.1f} at the start and {s['loadAverageAtEnd']:.1f} at the end of the "
                  "solver's part (its own threads included at the end).")
        self.line("Triad, with the read that fills a line: " + ", ".join(
            f"{max(v):.1f} GB/s with {threads} thread{'s' * (threads > 1)} (least of {len(v)} runs {min(v):.1f})" for threads, v in sorted(best.items())) + ".")
        if self.peers:
            self.line("Peers: " + ", ".join(f"{k} {v}" for k, v in self.peers["versions"].items()) + ".")
        self.line()
        return {threads: max(v) * 1e9 for threads, v in best.items()}

    def row_of(self, problem, tolerance):
        return next(r for r in self.solver[problem]["tolerances"] if r["tolerance"] == tolerance)

    def targets(self):
        coarse, fine = self.row_of("coarse", 1e-3), self.row_of("fine", 1e-3)
        rows = [("coarse grid to 1e-3", f"{coarse['seconds']:.3f} s", "0.25 s", coarse["seconds"] <= 0.25),
                ("coarse grid to 1e-5", f"{self.row_of('coarse', 1e-5)['seconds']:.2f} s", "3 s", self.row_of("coarse", 1e-5)["seconds"] <= 3),
                ("fine grid to 1e-3", f"{fine['seconds']:.2f} s", "10 s", fine["seconds"] <= 10)]
        if self.solver.get("gradient"):
            ratio = self.solver["gradient"][0]["ratio"]
            rows.append(("gradient, in forward runs", f"{ratio:.1f}", "5", ratio <= 5))
        self.table(["aim", "measured", "at most", ""], [(a, b, c, "met" if met else "**missed**") for a, b, c, met in rows])

    def tolerances(self):
        for problem, words in (("coarse", "Coarse grid, 77 x 116 x 36 voxels of 1.5 x 1.5 x 3 mm"), ("fine", "Fine grid, 240 x 240 x 155 voxels of 1 mm")):
            p = self.solver[problem]
            self.line(f"{words}, {p['voxels']} of them in the brain; {p['stops']} intervals between events; errors against a run with tolerance "
                      f"{p['referenceTolerance']:.0e} ({p['referenceSeconds']:.1f} s, stated error {p['referenceStatedError']:.0e}):")
            self.line()
            self.table(
                ["tolerance", "seconds (best)", "median", "first", "runs", "steps", "rejected", "sweeps", "stated error", "true error, L1", "true error, cell count", "ns per voxel and sweep, all included"],
                [(f"{r['tolerance']:.0e}", f"{r['seconds']:.3f}", f"{r['medianSeconds']:.3f}", f"{r['firstSeconds']:.3f}", str(r["repetitions"]), str(r["steps"]), str(r["rejected"]), str(r["sweeps"]),
                  f"{r['statedError']:.1e}", f"{r['l1Error']:.1e}", f"{r['countError']:.1e}", f"{r['nanosecondsPerVoxelSweep']:.2f}") for r in p["tolerances"]])

    def engine(self):
        e = self.solver["engine"]
        same = "the same bits" if e["sameBits"] else "**other bits**"
        self.line(f"Through the engine, coarse grid, tolerance {e['tolerance']:.0e}: {e['engine']['seconds']:.3f} s against {e['direct']['seconds']:.3f} s for the solver called "
                  f"directly, {e['millisecondsPerEvent']:.2f} ms more per event; {same}.")
        self.line()

    def sweeps(self, bandwidth):
        if not self.kernels:
            return
        rows = []
        for k in self.kernels:
            name = k["benchmark"].rsplit(".", 1)[1]
            if name not in ("sweep", "substep"):
                continue
            problem, threads = k["params"]["problem"], int(k["params"]["threads"])
            voxels = self.solver[problem]["voxels"]
            seconds = k["primaryMetric"]["score"] * 1e-9
            moved = SWEEP_BYTES if name == "sweep" else SWEEP_BYTES + SECOND_SWEEP_BYTES
            count = 1 if name == "sweep" else 2
            share = voxels * moved / seconds / bandwidth[threads] if threads in bandwidth else math.nan
            rows.append((name, problem, str(threads), f"{voxels * count / seconds / 1e6:.0f}", f"{seconds * 1e9 / voxels / count:.2f}", str(moved),
                         f"{voxels * moved / seconds / 1e9:.1f}", f"{100 * share:.0f} %"))
        self.line("One sweep is one application of the diffusion operator; a substep is two and the reaction. Per voxel of the brain:")
        self.line()
        self.table(["kernel", "grid", "threads", "M voxel-sweeps/s", "ns per voxel-sweep", "bytes per voxel", "GB/s", "of the triad"], rows)

    def runs(self):
        """Name to runs, each seconds, error, setting; ours first."""
        runs = {OURS: [(r["seconds"], r["l1Error"], f"tolerance {r['tolerance']:.0e}") for r in self.solver["coarse"]["tolerances"]]}
        for r in self.peers["runs"] if self.peers else []:
            if "l1Error" in r:
                runs.setdefault(f"{r['program']}, {r['way']}", []).append((r["seconds"], r["l1Error"], f"{r['setting']:g}"))
        return runs

    @staticmethod
    def seconds_at(line, error):
        """Seconds for an error, between neighbouring runs along the straight line of their logarithms; the cheapest run if all are better; None if none is as good."""
        line = sorted((e, s) for s, e, _ in line)
        good = [(e, s) for e, s in line if e <= error]
        if not good:
            return None
        e0, s0 = min(good, key=lambda p: p[1])
        worse = [(e, s) for e, s in line if e > error and s < s0]
        if not worse:
            return s0
        e1, s1 = min(worse)
        return math.exp(math.log(s0) + (math.log(error) - math.log(e0)) / (math.log(e1) - math.log(e0)) * (math.log(s1) - math.log(s0)))

    def comparison(self):
        if not self.peers:
            self.line("Neither PyTorch nor SciPy was measured (Debian: `python3-torch`, `python3-scipy`).")
            return
        runs = self.runs()
        self.line("The coarse course in other programs; one run each:")
        self.line()
        self.table(["program", "step (d) or tolerance", "threads", "seconds", "steps", "evaluations", "true error, L1", "true error, cell count"],
                   [(f"{r['program']}, {r['way']}", f"{r['setting']:g}", str(r["threads"]), f"{r['seconds']:.2f}", str(r["steps"]), str(r["evaluations"] or ""),
                     f"{r['l1Error']:.1e}", f"{r['countError']:.1e}") for r in self.peers["runs"] if "l1Error" in r])
        self.line("Seconds at equal error, and how many times those of the grid solver (between runs along the line of the logarithms; the cheapest run where all are better):")
        self.line()
        rows = []
        errors = (1e-2, 1e-3, 1e-4, 1e-5)
        ours = {e: self.seconds_at(runs[OURS], e) for e in errors}
        for name, line in runs.items():
            row = [name]
            for e in errors:
                seconds = self.seconds_at(line, e)
                row.append("not reached" if seconds is None else f"{seconds:.2f}" + (f" ({seconds / ours[e]:.1f} x)" if name != OURS and ours[e] else ""))
            rows.append(row)
        self.table(["program"] + [f"to {e:.0e}" for e in errors], rows)
        fixed = next((r for r in self.peers["runs"] if r["way"] == "fixed"), None)
        if fixed:
            ratio = fixed["seconds"] / self.row_of("coarse", 1e-3)["seconds"]
            self.line(f"At its usual step of {fixed['setting']:g} d PyTorch RK4 takes {fixed['seconds']:.1f} s for an error of {fixed['countError']:.1e} in the cell count: "
                      f"{ratio:.0f} times the seconds of the grid solver with tolerance 1e-3.")
        fine = next((r for r in self.peers["runs"] if r["way"] == "fine"), None)
        if fine:
            whole = 540 * fine["secondsPerStep"]
            self.line(f"On the fine grid a step of it takes {fine['secondsPerStep']:.2f} s, so that 540 steps of 0.5 d would take {whole:.0f} s, "
                      f"{whole / self.row_of('fine', 1e-3)['seconds']:.0f} times the grid solver's (from 4 steps, not run to the end).")
        self.line()
        self.line(f"![Error against seconds](images/{WORK})")
        self.line()

    def ensemble(self):
        e = self.solver["ensemble"]
        rows = []
        for key, words in (("treatments", "one medium, different kill rates"), ("tissues", "different D and rho")):
            one, both = e[key]["single"]["seconds"], e[key]["solveAll"]["seconds"]
            rows.append((words, f"{one:.2f}", f"{both:.2f}", f"{one / both:.2f}", "yes" if e[key]["sameBits"] else "**no**"))
        self.line(f"Ensembles of {e['members']} on the coarse grid, tolerance {e['tolerance']:.0e}, two threads:")
        self.line()
        self.table(["members", "one by one, s", "`solveAll`, s", "times as fast", "same bits"], rows)

    def gradient(self):
        rows = self.solver.get("gradient")
        if not rows:
            self.line("The solver did not differentiate its solutions in this run.")
            self.line()
            return
        self.line("Derivatives of the cell count at the end with respect to D, rho, alpha, the sensitivity to the drug and the initial field, coarse grid, the forward run included. The two were run in turn, and the ratio is the median of "
                  "those of the pairs:")
        self.line()
        self.table(["tolerance", "gradient, s", "forward run, s", "ratio", "states kept, MiB", "d/d rho of white matter, adjoint", "by differences", "difference, relative"],
                   [(f"{r['tolerance']:.0e}", f"{r['gradient']['seconds']:.2f}", f"{r['forward']['seconds']:.2f}", f"{r['ratio']:.1f}", f"{r['stateMebibytes']:.0f}",
                     f"{r['proliferationByAdjoint']:.8g}", f"{r['proliferationByDifferences']:.8g}",
                     f"{abs(r['proliferationByAdjoint'] / r['proliferationByDifferences'] - 1):.0e}") for r in rows])
        fine = self.load("fine-gradient.json")
        if fine and "seconds" in fine:
            self.line(f"On the fine grid, tolerance {fine['tolerance']:.0e}, with the density kept at every 6th event and computed again between them: {fine['seconds']:.1f} s, "
                      f"{fine['stateMebibytes']:.0f} MiB of states, {fine['peakMebibytes']} MiB peak resident memory of the process.")
            self.line()

    def order(self):
        rows = []
        for variant in self.solver["order"]:
            steps = variant["steps"]
            for before, row in zip([None] + steps, steps):
                rate = "" if before is None or row["error"] < 1e-13 else f"{math.log2(before['error'] / row['error']):.1f}"
                rows.append((f"{variant['tolerance']:.0e}", f"{row['days']:g}", f"{row['error']:.1e}", rate, f"{row['statedError']:.1e}"))
        self.line("Equal steps over 32 days after a dose of the drug, coarse grid; the tolerance tells the solver which variant to take (Runge-Kutta of order 3 or 5, and splitting where a step is beyond its stability: "
                  "the longest ones here). Order: log2 of the ratio to the row above.")
        self.line()
        self.line(f"![Error against step](images/{ORDER})")
        self.line()
        self.table(["tolerance that chooses", "step, d", "true error, L1", "order", "stated error"], rows)

    def plots(self):
        names = ("loose (2 rows)", "tight (3 rows)")
        series = {n: [(r["days"], r["error"]) for r in v["steps"] if r["error"] > 0] for n, v in zip(names, self.solver["order"])}
        yield ORDER, plot.log_log("Error against step", "step in days", "relative L1 error", series)
        lines = {n: [(s, e) for s, e, _ in line if e > 0] for n, line in self.runs().items()}
        yield WORK, plot.log_log("Error against seconds, glioma course of 270 days, 2 threads", "seconds", "relative L1 error", lines)


def main():
    report = Report(sys.argv[1])
    text = report.write()
    target = sys.argv[2]
    with open(os.path.join(target, "performance.md"), "w", encoding="utf-8") as file:
        file.write(text)
    os.makedirs(os.path.join(target, "images"), exist_ok=True)
    for name, content in report.plots():
        with open(os.path.join(target, "images", name), "w", encoding="utf-8") as file:
            file.write(content)
        if len(sys.argv) > 3:
            shutil.copy(os.path.join(target, "images", name), os.path.join(sys.argv[3], "images", name))
    if len(sys.argv) > 3:
        path = os.path.join(sys.argv[3], "performance.md")
        with open(path, encoding="utf-8") as file:
            old = file.read()
        begin, end = old.index(BEGIN) + len(BEGIN), old.index(END)
        with open(path, "w", encoding="utf-8") as file:
            file.write(old[:begin] + "\n" + text + old[end:])


if __name__ == "__main__":
    main()
