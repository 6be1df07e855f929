#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Mesh-converged solution of a two-tissue reaction-diffusion problem on a box, with FEniCSx (dolfinx).

Usage: make.py [--coarse] [DIRECTORY]      (default: the folder of this script; --coarse leaves out the finest mesh)

du/dt = div(D(x) grad u) + rho u (1 - u/K), no flux. Triquadratic hexahedra whose faces lie on the jump of D. In time: Crank-Nicolson
after four half steps of backward Euler (Rannacher's start: the initial flux jumps with D, and Crank-Nicolson alone would ring), solved with
Newton's method, at two step sizes and extrapolated (order 2). The space error is estimated from the two finest meshes.
"""
import json
import logging
import pathlib
import sys
import time

import dolfinx
import numpy
import ufl
from dolfinx import fem, geometry, mesh
from mpi4py import MPI
from petsc4py import PETSc

BOX = (20.0, 16.0, 12.0)  # mm
INTERFACE = 10.0  # mm: white for x < 10, grey for x > 10
WHITE, GREY, RHO, K = 0.5, 0.1, 0.05, 1.0  # mm2/d, mm2/d, 1/d, 1
CENTRE, SIGMA, AMPLITUDE = (8.0, 7.0, 5.0), 3.0, 0.8
END = 20.0  # d
# centres of the cells of a 1 mm grid: two in white matter, one on either side of the jump, one far into grey matter
POINTS = numpy.array([(4.5, 6.5, 4.5), (7.5, 7.5, 5.5), (9.5, 6.5, 4.5), (10.5, 6.5, 4.5), (14.5, 9.5, 6.5)])


def gaussian(x):
    r2 = sum((x[i] - CENTRE[i]) ** 2 for i in range(3))
    return AMPLITUDE * numpy.exp(-r2 / (2 * SIGMA**2))


def run(cells, dt):
    domain = mesh.create_box(MPI.COMM_WORLD, [(0.0, 0.0, 0.0), BOX], cells, mesh.CellType.hexahedron)
    space = fem.FunctionSpace(domain, ("Lagrange", 2))
    tissue = fem.FunctionSpace(domain, ("DG", 0))
    diffusion = fem.Function(tissue)
    diffusion.interpolate(lambda x: numpy.where(x[0] < INTERFACE, WHITE, GREY))
    u, old = fem.Function(space), fem.Function(space)
    old.interpolate(gaussian)
    u.x.array[:] = old.x.array
    test, trial = ufl.TestFunction(space), ufl.TrialFunction(space)
    dx = ufl.Measure("dx", domain=domain, metadata={"quadrature_degree": 6})
    step_size, theta = fem.Constant(domain, PETSc.ScalarType(dt)), fem.Constant(domain, PETSc.ScalarType(0.5))
    middle = theta * u + (1 - theta) * old

    def growth(v):
        return RHO * v * (1 - v / K)

    residual = ((u - old) * test + step_size * diffusion * ufl.inner(ufl.grad(middle), ufl.grad(test))
                - step_size * (theta * growth(u) + (1 - theta) * growth(old)) * test) * dx
    jacobian = (trial * test + step_size * theta * diffusion * ufl.inner(ufl.grad(trial), ufl.grad(test))
                - step_size * theta * RHO * (1 - 2 * old / K) * trial * test) * dx
    residual_form, jacobian_form = fem.form(residual), fem.form(jacobian)
    burden = fem.form(u * dx)
    matrix = fem.petsc.create_matrix(jacobian_form)
    vector = fem.petsc.create_vector(residual_form)
    solver = PETSc.KSP().create(domain.comm)
    solver.setType("cg")
    solver.getPC().setType("jacobi")
    solver.setTolerances(rtol=1e-6, atol=1e-14)
    delta = fem.Function(space)
    for step in range(4 + round(END / dt) - 2):
        step_size.value, theta.value = (dt / 2, 1.0) if step < 4 else (dt, 0.5)
        matrix.zeroEntries()
        fem.petsc.assemble_matrix(matrix, jacobian_form)
        matrix.assemble()
        solver.setOperators(matrix)
        first = None
        for _ in range(12):  # Newton with the Jacobian of the step's start: converges linearly, quickly
            with vector.localForm() as local:
                local.set(0)
            fem.petsc.assemble_vector(vector, residual_form)
            norm = vector.norm()
            first = first or norm
            if norm <= 1e-10 * first:
                break
            solver.solve(vector, delta.vector)
            u.x.array[:] -= delta.x.array
        else:
            raise RuntimeError("Newton's method did not converge")
        old.x.array[:] = u.x.array
    tree = geometry.BoundingBoxTree(domain, 3)
    candidates = geometry.compute_collisions(tree, POINTS)
    colliding = geometry.compute_colliding_cells(domain, candidates, POINTS)
    at = u.eval(POINTS, [colliding.links(i)[0] for i in range(len(POINTS))]).ravel()
    return numpy.array([fem.assemble_scalar(burden), *at]), space.dofmap.index_map.size_global


def finite_volumes(per_mm):
    """For information: what cell-centred finite volumes with harmonic face means make of the same problem."""
    from scipy import sparse
    from scipy.integrate import solve_ivp
    h = 1.0 / per_mm
    shape = [round(b * per_mm) for b in BOX]
    grids = numpy.meshgrid(*((numpy.arange(n) + 0.5) * h for n in shape), indexing="ij")
    d = numpy.where(numpy.arange(shape[0]) * h + h / 2 < INTERFACE, WHITE, GREY)[:, None, None] * numpy.ones(shape)

    def flux(u, axis):
        low = tuple(slice(None, -1) if a == axis else slice(None) for a in range(3))
        high = tuple(slice(1, None) if a == axis else slice(None) for a in range(3))
        f = 2 * d[low] * d[high] / (d[low] + d[high]) * (u[high] - u[low]) / h**2
        out = numpy.zeros(shape)
        out[low] += f
        out[high] -= f
        return out

    def right_side(t, flat):
        u = flat.reshape(shape)
        return (flux(u, 0) + flux(u, 1) + flux(u, 2) + RHO * u * (1 - u / K)).ravel()

    u = solve_ivp(right_side, (0, END), gaussian(grids).ravel(), method="DOP853", rtol=1e-9, atol=1e-12).y[:, -1].reshape(shape)
    assert per_mm % 2 == 1, "cells of odd refinement have the points as centres"
    return numpy.array([u.sum() * h**3, *(u[tuple(int(c * per_mm) for c in p)] for p in POINTS)])


def main(arguments):
    logging.getLogger().setLevel(logging.WARNING)
    coarse = arguments[:1] == ["--coarse"]
    rest = arguments[1:] if coarse else arguments
    out = pathlib.Path(rest[0]) if rest else pathlib.Path(__file__).parent
    meshes = [(10, 8, 6), (20, 16, 12), (40, 32, 24)][: 2 if coarse else 3]
    rows = []
    for cells in meshes:
        started = time.time()
        (rough, unknowns), (fine, _) = run(cells, 0.5), run(cells, 0.25)
        value = fine + (fine - rough) / 3
        rows.append({"cells": cells, "unknowns": unknowns, "values": value.tolist(), "time_error": (abs(fine - rough) / 3).tolist()})
        print(rows[-1], f"{time.time() - started:.0f} s", flush=True)
    finer, rough = run(meshes[1], 0.125)[0], run(meshes[1], 0.25)[0]
    extrapolated = finer + (finer - rough) / 3
    best, before = numpy.array(rows[-1]["values"]), numpy.array(rows[-2]["values"])
    time_error = abs(extrapolated - numpy.array(rows[1]["values"]))
    # The difference of the two finest meshes is about the coarser one's error: a safe bound for the finer one, whose cells are half as large.
    error = abs(best - before) + time_error
    names = ["burden_mm3"] + [f"u({x}, {y}, {z})" for x, y, z in POINTS]
    expected = {
        "versions": {"python": sys.version.split()[0], "dolfinx": dolfinx.__version__, "numpy": numpy.__version__},
        "box_mm": BOX, "interface_x_mm": INTERFACE, "diffusion_mm2_per_day": {"white, x < 10": WHITE, "grey, x > 10": GREY},
        "proliferation_per_day": RHO, "carrying_capacity": K, "initial": {"centre_mm": CENTRE, "sigma_mm": SIGMA, "amplitude": AMPLITUDE},
        "day": END, "values": {n: {"value": float(v), "error_estimate": float(e)} for n, v, e in zip(names, best, error)},
        "convergence_factors": [(abs(b - a) / abs(c - b)).tolist() for a, b, c in zip(*(numpy.array([r["values"] for r in rows])[i:] for i in range(3)))],
        "meshes": rows, "time_error_after_extrapolation": time_error.tolist()}
    expected["finite_volumes_for_information"] = {
        f"{1 / n:.6g} mm": {k: float(v) for k, v in zip(names, finite_volumes(n))} for n in (1, 3)}
    (out / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
