"""Opens an exported scene with DOLFINx, prints what DOLFINx sees, and solves problems whose solution is known.

usage: check_scene.py NAME.py NODES.raw
"""
import importlib.util
import sys
from pathlib import Path

import numpy as np
import ufl
from dolfinx import fem, mesh as meshes
from dolfinx.fem.petsc import LinearProblem

spec = importlib.util.spec_from_file_location("exported", sys.argv[1])
exported = importlib.util.module_from_spec(spec)
spec.loader.exec_module(exported)
scene = exported.Scene(Path(sys.argv[1]).with_suffix(".xdmf"))
mesh = scene.mesh
LU = {"ksp_type": "preonly", "pc_type": "lu", "pc_factor_mat_solver_type": "mumps"}


def integral(form):
    return fem.assemble_scalar(fem.form(form))


print("cells", mesh.topology.index_map(3).size_local)
dx = ufl.Measure("dx", domain=mesh, subdomain_data=scene.cells)
for region in sorted(scene.tissues):
    print("volume-%d" % region, repr(integral(fem.Constant(mesh, 1.0) * dx(region))))
print("mass", repr(integral(scene.density * ufl.dx)))
ds = ufl.Measure("ds", domain=mesh, subdomain_data=scene.anchored_faces)
for anchor in sorted(scene.anchor_names):
    print("nodes-%d" % anchor, np.count_nonzero(scene.anchors.values == anchor))
    print("area-%d" % anchor, repr(integral(fem.Constant(mesh, 1.0) * ds(anchor))))

nodes = np.empty_like(mesh.geometry.x)
nodes[np.asarray(mesh.geometry.input_global_indices)] = mesh.geometry.x
nodes.astype("<f8").tofile(sys.argv[2])

# Poisson: a linear function is harmonic, and linear elements hold it exactly.
space = fem.FunctionSpace(mesh, ("CG", 1))
exact = fem.Function(space)
exact.interpolate(lambda x: 1 + 2 * x[0] - 3 * x[1] + 0.5 * x[2])
outer = meshes.exterior_facet_indices(mesh.topology)
u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
found = LinearProblem(
    ufl.inner(ufl.grad(u), ufl.grad(v)) * ufl.dx, fem.Constant(mesh, 0.0) * v * ufl.dx,
    [fem.dirichletbc(exact, fem.locate_dofs_topological(space, 2, outer))], petsc_options=LU).solve()
print("poisson", np.abs(found.x.array - exact.x.array).max() / np.abs(exact.x.array).max())

# Bar of two tissues side by side with the same Poisson's ratio, stretched along x by 1 %, free at its sides.
space = fem.VectorFunctionSpace(mesh, ("CG", 1))
stretch, ratio = 0.01, 0.3
exact = fem.Function(space)
exact.interpolate(lambda x: stretch * np.vstack((x[0], -ratio * x[1], -ratio * x[2])))
length = mesh.geometry.x[:, 0].max()


def held(axis, where, value):
    facets = meshes.locate_entities_boundary(mesh, 2, lambda x: np.isclose(x[axis], where, atol=1e-12))
    return fem.dirichletbc(value, fem.locate_dofs_topological(space.sub(axis), 2, facets), space.sub(axis))


u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
found = LinearProblem(
    ufl.inner(scene.stress(u), ufl.sym(ufl.grad(v))) * ufl.dx,
    ufl.dot(fem.Constant(mesh, np.zeros(3)), v) * ufl.dx,
    [held(0, 0.0, 0.0), held(0, length, stretch * length), held(1, 0.0, 0.0), held(2, 0.0, 0.0)],
    petsc_options=LU).solve()
print("bar", np.abs(found.x.array - exact.x.array).max() / np.abs(exact.x.array).max())
print("energy", repr(integral(0.5 * ufl.inner(scene.stress(found), ufl.sym(ufl.grad(found))) * ufl.dx)))
