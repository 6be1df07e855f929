"""Poisson's equation on the mesh of a scene, whose solution is a linear function: python3 poisson.py FILE."""
import sys

import numpy as np
import ufl
from dolfinx import fem, io, mesh as meshes
from mpi4py import MPI
from petsc4py import PETSc

with io.XDMFFile(MPI.COMM_SELF, sys.argv[1], "r", encoding=io.XDMFFile.Encoding.ASCII) as file:
    mesh = file.read_mesh(name="mesh")
space = fem.FunctionSpace(mesh, ("CG", 1))
exact = fem.Function(space)
exact.interpolate(lambda x: 1 + 2 * x[0] - 3 * x[1] + 5 * x[2])
mesh.topology.create_connectivity(2, 3)
boundary = meshes.exterior_facet_indices(mesh.topology)
fixed = fem.dirichletbc(exact, fem.locate_dofs_topological(space, 2, boundary))
u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
zero = fem.Constant(mesh, PETSc.ScalarType(0))
solution = fem.petsc.LinearProblem(
    ufl.inner(ufl.grad(u), ufl.grad(v)) * ufl.dx,
    zero * v * ufl.dx,
    bcs=[fixed],
    petsc_options={"ksp_type": "preonly", "pc_type": "lu"},
).solve()
print("error", np.abs(solution.x.array - exact.x.array).max())
