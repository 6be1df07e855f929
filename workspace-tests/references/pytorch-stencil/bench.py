#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Times one explicit Euler step of reaction-diffusion in PyTorch, as a peer for the grid solver's benchmark.

Usage: bench.py [--threads 2] [--seconds 4] [--grids 64x64x64,128x128x128,240x240x155] [--types float64,float32]

    u += dt * ( sum over faces of c_face (u_neighbour - u) + rho u (1 - u/K) )

The face coefficients cx, cy, cz (harmonic mean of D over squared spacing, times dt) are computed once and are zero on every face that leaves the mask;
u is zero outside the mask and so stays zero there without a multiplication. Two ways to write the step are timed and both are reported:
"slices" as one writes it first (temporaries, slices, in-place sums), "preallocated" with out= and addcmul_, which allocates nothing.
Each grid, type and way runs in a process of its own, so that the peak resident memory is that run's.
Prints one JSON object; a voxel-step is one voxel of the whole grid advanced by one step.
"""
import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time

import torch

SPACING = (1.0, 1.25, 2.0)  # mm
WHITE, GREY, RHO, K, DT = 0.5, 0.05, 0.1, 1.0, 0.1  # mm2/d, mm2/d, 1/d, 1, d


def problem(shape, dtype):
    """An ellipsoid that fills about half of the box, with tissue in slabs; u is far from the subnormal numbers everywhere."""
    axes = [torch.linspace(-1, 1, n, dtype=torch.float64) for n in shape]
    x, y, z = axes[0][:, None, None], axes[1][None, :, None], axes[2][None, None, :]
    mask = x**2 + y**2 + z**2 < 0.97
    d = torch.where(torch.sin(9 * x + 5 * y + 7 * z) > 0, WHITE, GREY).to(torch.float64) * mask
    u = (0.1 + 0.5 * torch.exp(-8 * (x**2 + y**2 + z**2))) * mask
    faces = []
    for axis, h in enumerate(SPACING):
        a, b = d.narrow(axis, 0, shape[axis] - 1), d.narrow(axis, 1, shape[axis] - 1)
        faces.append((DT * torch.nan_to_num(2 * a * b / (a + b)) / h**2).to(dtype).contiguous())
    return u.to(dtype), faces, mask


def slices(u, faces):
    def step():
        nonlocal u
        change = (DT * RHO) * u * (1 - u / K)
        for axis, c in enumerate(faces):
            n = u.shape[axis] - 1
            flux = u.narrow(axis, 1, n) - u.narrow(axis, 0, n)
            flux *= c
            change.narrow(axis, 0, n).add_(flux)
            change.narrow(axis, 1, n).sub_(flux)
        u += change
        return u
    return step


def preallocated(u, faces):
    change = torch.empty_like(u)
    plan = []
    for axis, c in enumerate(faces):
        n = u.shape[axis] - 1
        plan.append((u.narrow(axis, 1, n), u.narrow(axis, 0, n), torch.empty_like(c), c, change.narrow(axis, 0, n), change.narrow(axis, 1, n)))

    def step():
        torch.mul(u, 1 + DT * RHO, out=change)
        change.addcmul_(u, u, value=-DT * RHO / K)
        for high, low, difference, c, change_low, change_high in plan:
            torch.sub(high, low, out=difference)
            change_low.addcmul_(difference, c)
            change_high.addcmul_(difference, c, value=-1)
        u.copy_(change)
        return u
    return step


WAYS = {"slices": slices, "preallocated": preallocated}


def check():
    """Both ways against plain loops on a small grid."""
    shape = (6, 5, 4)
    u0, faces, _ = problem(shape, torch.float64)
    expected = u0.clone()
    for x in range(shape[0]):
        for y in range(shape[1]):
            for z in range(shape[2]):
                here = float(u0[x, y, z])
                change = DT * RHO * here * (1 - here / K)
                for axis in range(3):
                    for side in (-1, 1):
                        there = [x, y, z]
                        there[axis] += side
                        if 0 <= there[axis] < shape[axis]:
                            face = [x, y, z]
                            face[axis] = min(face[axis], there[axis])
                            change += float(faces[axis][tuple(face)]) * (float(u0[tuple(there)]) - here)
                expected[x, y, z] = here + change
    for name, way in WAYS.items():
        error = float((way(u0.clone(), faces)() - expected).abs().max())
        assert error < 1e-15, f"{name}: {error}"


@torch.no_grad()
def one(shape, dtype, way, seconds):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    u, faces, mask = problem(shape, getattr(torch, dtype))
    step = WAYS[way](u, faces)
    for _ in range(3):
        step()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    assert bool(torch.isfinite(u).all())
    voxels = shape[0] * shape[1] * shape[2]
    return {"grid": list(shape), "type": dtype, "way": way, "steps": len(times),
            "best_seconds_per_step": min(times), "median_seconds_per_step": statistics.median(times),
            "best_voxel_steps_per_second": voxels / min(times), "median_voxel_steps_per_second": voxels / statistics.median(times),
            "mask_fraction": float(mask.double().mean()), "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "rss_after_import_mib": before / 1024}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--grids", default="64x64x64,128x128x128,240x240x155")
    parser.add_argument("--types", default="float64,float32")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.one:
        grid, dtype, way = options.one.split(",")
        print(json.dumps(one(tuple(map(int, grid.split("x"))), dtype, way, options.seconds)))
        return
    check()
    runs = [json.loads(subprocess.run([sys.executable, __file__, "--threads", str(options.threads), "--seconds", str(options.seconds),
                                       "--one", f"{grid},{dtype},{way}"], check=True, capture_output=True, text=True).stdout)
            for grid in options.grids.split(",") for dtype in options.types.split(",") for way in WAYS]
    print(json.dumps({"torch": torch.__version__, "python": platform.python_version(), "threads": options.threads,
                      "cpu_capability": torch.backends.cpu.get_cpu_capability() if hasattr(torch.backends, "cpu") else "unknown", "runs": runs}, indent=1))


if __name__ == "__main__":
    main()
