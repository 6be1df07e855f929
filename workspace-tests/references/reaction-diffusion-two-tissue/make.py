#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reference solution of a reaction-diffusion equation on a masked two-tissue voxel grid, with SciPy.

Usage: make.py [DIRECTORY]      (default: the folder of this script)

The finite-volume operator is put together here as a sparse matrix, face by face; SciPy integrates the resulting system of ordinary
differential equations. Everything is solved a second time with another integrator, and the difference is written to expected.json.
"""
import json
import pathlib
import sys

import nibabel
import numpy
import scipy
from scipy import sparse
from scipy.integrate import solve_ivp

SHAPE = (24, 20, 16)
VOXEL = (1.0, 1.25, 2.0)  # mm; exact in float32, so that a NIfTI-1 header holds them without rounding
GREY, WHITE = 2, 3
DIFFUSION = {WHITE: 0.5, GREY: 0.05}  # mm2/d
RHO = 0.1  # 1/d
K = 1.0
DAYS = (10, 20, 30)


def labels():
    """An irregular domain, from formulas alone: two lumps, a bridge one voxel thin, a notch, a hole, an island of one voxel."""
    i, j, k = numpy.meshgrid(*(numpy.arange(n) for n in SHAPE), indexing="ij")
    wobble = 0.18 * numpy.sin(1.1 * i + 0.7 * j) + 0.15 * numpy.cos(0.9 * k - 0.6 * j)
    left = ((i - 6) / 7.0) ** 2 + ((j - 9) / 8.5) ** 2 + ((k - 7) / 7.8) ** 2 < 1 + wobble
    right = ((i - 20) / 4.5) ** 2 + ((j - 12) / 6.0) ** 2 + ((k - 8) / 5.5) ** 2 < 1 + wobble
    mask = (left & (i <= 13)) | (right & (i >= 16))
    mask[13:18, 10, 8] = True  # the bridge: no neighbours across its axis for at least two voxels
    for x in (14, 15):
        around = numpy.zeros(SHAPE[1:], dtype=bool)
        around[10, 8] = True
        mask[x] = around
    mask &= ~((i < 7) & (abs(j - 9) <= 1) & (k >= 6))  # the notch: a concavity three voxels wide
    mask[9:11, 12:14, 6] = False  # a hole inside
    mask[22, 2, 2] = True  # an island of one voxel
    pattern = numpy.sin(0.8 * i + 0.3 * k) + numpy.cos(0.7 * j - 0.5 * k) + 0.7 * numpy.sin(1.9 * i * 0.5 + 2.3 * j * 0.5 + k)
    return numpy.where(mask, numpy.where(pattern > 0.1, WHITE, GREY), 0).astype(numpy.uint8)


def initial(label):
    """A Gaussian of amplitude 0.8 and standard deviation 3 mm about voxel (9, 9, 7), which reaches both lumps."""
    grids = numpy.meshgrid(*(numpy.arange(n) * h for n, h in zip(SHAPE, VOXEL)), indexing="ij")
    r2 = sum((g - c * h) ** 2 for g, c, h in zip(grids, (9, 9, 7), VOXEL))
    return numpy.where(label > 0, 0.8 * numpy.exp(-r2 / (2 * 3.0**2)), 0.0)


def operator(label):
    """div(D grad u) by finite volumes: per face D_face * area / distance, D_face the harmonic mean; no face leaves the mask."""
    index = numpy.full(SHAPE, -1)
    inside = label > 0
    index[inside] = numpy.arange(inside.sum())
    d = numpy.select([label == WHITE, label == GREY], [DIFFUSION[WHITE], DIFFUSION[GREY]])
    volume = numpy.prod(VOXEL)
    n = inside.sum()
    matrix = sparse.csr_matrix((n, n))
    for axis in range(3):
        low = tuple(slice(None, -1) if a == axis else slice(None) for a in range(3))
        high = tuple(slice(1, None) if a == axis else slice(None) for a in range(3))
        face = inside[low] & inside[high]
        a, b = index[low][face], index[high][face]
        da, db = d[low][face], d[high][face]
        area = volume / VOXEL[axis]
        c = 2 * da * db / (da + db) * area / VOXEL[axis] / volume
        rows, columns = numpy.concatenate((a, a, b, b)), numpy.concatenate((b, a, a, b))
        matrix = matrix + sparse.csr_matrix((numpy.concatenate((c, -c, c, -c)), (rows, columns)), shape=(n, n))
    return matrix


def solve(matrix, u0, rho, kill, events, times, method):
    """Values just after the events at each of the times. events: time -> surviving fraction."""
    identity = sparse.identity(len(u0), format="csr")

    def right_side(t, u):
        return matrix @ u + rho * u * (1 - u / K) - kill(t) * u

    def jacobian(t, u):
        return matrix + sparse.diags(rho * (1 - 2 * u / K)) - kill(t) * identity

    implicit = {"jac": jacobian} if method == "Radau" else {}
    stops = sorted({0.0, *map(float, times), *events})
    values, u = {}, u0
    for start, end in zip(stops, stops[1:]):
        result = solve_ivp(right_side, (start, end), u, method=method, rtol=1e-13 if method == "DOP853" else 1e-11, atol=1e-14, **implicit)
        assert result.success, result.message
        u = result.y[:, -1] * events.get(end, 1.0)
        values[end] = u
    return {t: values[float(t)] for t in times}


SCENARIOS = {
    "growth": dict(rho=RHO, kill=lambda t: 0.0, events={}),
    "growth-and-kill-rate": dict(rho=RHO, kill=lambda t: 0.2 * numpy.exp(-0.5 * t), events={}),
    "growth-and-survival": dict(rho=RHO, kill=lambda t: 0.0, events={5.0: 0.6, 6.0: 0.6, 7.0: 0.6}),
    "diffusion": dict(rho=0.0, kill=lambda t: 0.0, events={}),
}


def euler(matrix, u0, rho, dt, end):
    u = u0.copy()
    for _ in range(round(end / dt)):
        u = u + dt * (matrix @ u + rho * u * (1 - u / K))
    return u


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    label = labels()
    inside = label > 0
    matrix = operator(label)
    assert abs(matrix - matrix.T).max() == 0 and abs(matrix.sum(axis=0)).max() < 1e-14
    components = sparse.csgraph.connected_components(matrix)[0]
    u0 = initial(label)
    volume = float(numpy.prod(VOXEL))
    affine = numpy.diag([*VOXEL, 1.0])
    affine[:3, 3] = (-12.0, -10.0, -16.0)

    def save(name, values):
        img = nibabel.Nifti1Image(values, affine)
        img.header.set_xyzt_units("mm")
        nibabel.save(img, out / name)
        assert (nibabel.load(out / name).get_fdata() == values).all()

    save("tissue.nii.gz", label)
    save("initial.nii.gz", u0)
    expected = {
        "versions": {"python": sys.version.split()[0], "numpy": numpy.__version__, "scipy": scipy.__version__, "nibabel": nibabel.__version__},
        "shape": SHAPE, "voxel_mm": VOXEL, "labels": {"grey": GREY, "white": WHITE},
        "diffusion_mm2_per_day": {"grey": DIFFUSION[GREY], "white": DIFFUSION[WHITE]}, "proliferation_per_day": RHO, "carrying_capacity": K,
        "voxels": {"mask": int(inside.sum()), "grey": int((label == GREY).sum()), "white": int((label == WHITE).sum())},
        "connected_components": int(components), "initial_burden_mm3": float(u0.sum() * volume), "scenarios": {}}
    for name, scenario in SCENARIOS.items():
        first = solve(matrix, u0[inside], times=DAYS, method="DOP853", **scenario)
        second = solve(matrix, u0[inside], times=DAYS, method="Radau", **scenario)
        rows = {}
        for day in DAYS:
            field = numpy.zeros(SHAPE)
            field[inside] = first[day]
            save(f"{name}-day-{day}.nii.gz", field)
            rows[day] = {"burden_mm3": float(first[day].sum() * volume), "max": float(first[day].max()), "min_in_mask": float(first[day].min()),
                         "voxels_above_0.1": int((first[day] > 0.1).sum()),
                         "largest_difference_dop853_radau": float(abs(first[day] - second[day]).max())}
        expected["scenarios"][name] = rows
    exact = sparse.linalg.expm_multiply(matrix * 30.0, u0[inside])
    field = nibabel.load(out / "diffusion-day-30.nii.gz").get_fdata()[inside]
    expected["diffusion_day_30_against_matrix_exponential"] = float(abs(field - exact).max())
    expected["diffusion_relative_mass_change"] = float(field.sum() / u0.sum() - 1)
    reference = nibabel.load(out / "growth-day-30.nii.gz").get_fdata()[inside]
    expected["explicit_euler_largest_error_growth_day_30"] = {
        str(dt): float(abs(euler(matrix, u0[inside], RHO, dt, 30) - reference).max()) for dt in (0.25, 0.1, 0.05, 0.025)}
    (out / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent))
