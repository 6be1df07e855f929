"""How far the tissue of the scene @NAME@ sinks under its own weight, by linear elasticity in dolfinx 0.5.

    python3 @NAME@.py

reads @NAME@.xdmf, prints what it finds and writes @NAME@-displacement.xdmf. Lengths are in m, stresses in Pa.
"""
from pathlib import Path

import numpy as np
import ufl
from dolfinx import fem, io
from mpi4py import MPI
from petsc4py import PETSc

HERE = Path(__file__).resolve().parent
GRAVITY = @GRAVITY@

# Tag of each tissue: name, Young's modulus in Pa, Poisson's ratio, density in kg/m3.
TISSUES = {
@TISSUES@
}

# Tags of faces that are held.
HELD = {
@ANCHORS@
}


def read():
    """Mesh, tags of its tetrahedra and tags of its held faces."""
    # The numbers in it are text.
    with io.XDMFFile(MPI.COMM_SELF, str(HERE / "@NAME@.xdmf"), "r", encoding=io.XDMFFile.Encoding.ASCII) as file:
        mesh = file.read_mesh(name="mesh")
        tissues = file.read_meshtags(mesh, name="tissues")
        mesh.topology.create_connectivity(2, 3)
        held = file.read_meshtags(mesh, name="held")
    return mesh, tissues, held


def material(mesh, tissues, place):
    """A number of the table above as a function that is constant on each tetrahedron."""
    function = fem.Function(fem.FunctionSpace(mesh, ("DG", 0)))
    for tag, numbers in TISSUES.items():
        function.x.array[tissues.find(tag)] = numbers[place]
    return function


def displacement(mesh, tissues, held):
    """Solves for the displacement under gravity."""
    young, poisson, density = (material(mesh, tissues, place) for place in (1, 2, 3))
    mu = young / (2 * (1 + poisson))
    lam = young * poisson / ((1 + poisson) * (1 - 2 * poisson))
    space = fem.VectorFunctionSpace(mesh, ("CG", 1))
    u, v = ufl.TrialFunction(space), ufl.TestFunction(space)

    def strain(w):
        return ufl.sym(ufl.grad(w))

    stress = lam * ufl.tr(strain(u)) * ufl.Identity(3) + 2 * mu * strain(u)
    weight = density * ufl.as_vector((0, 0, -GRAVITY))
    fixed = fem.dirichletbc(np.zeros(3), fem.locate_dofs_topological(space, 2, held.indices), space)
    problem = fem.petsc.LinearProblem(
        ufl.inner(stress, strain(v)) * ufl.dx,
        ufl.dot(weight, v) * ufl.dx,
        bcs=[fixed],
        petsc_options={"ksp_type": "cg", "pc_type": "gamg", "ksp_rtol": 1e-10},
    )
    return problem.solve()


if __name__ == "__main__":
    mesh, tissues, held = read()
    for tag, numbers in TISSUES.items():
        measure = ufl.Measure("dx", mesh, subdomain_data=tissues)(tag)
        volume = fem.assemble_scalar(fem.form(fem.Constant(mesh, PETSc.ScalarType(1)) * measure))
        print(f"{numbers[0]}: {volume * 1e6:.6f} cm3")
    u = displacement(mesh, tissues, held)
    whole = fem.assemble_scalar(fem.form(fem.Constant(mesh, PETSc.ScalarType(1)) * ufl.dx(mesh)))
    print(f"mean sinking: {-fem.assemble_scalar(fem.form(u[2] * ufl.dx)) / whole * 1e3:.9f} mm")
    values = u.x.array.reshape(-1, 3)
    print(f"largest displacement: {np.sqrt((values**2).sum(axis=1)).max() * 1e3:.9f} mm")
    with io.XDMFFile(MPI.COMM_SELF, str(HERE / "@NAME@-displacement.xdmf"), "w", encoding=io.XDMFFile.Encoding.ASCII) as out:
        out.write_mesh(mesh)
        u.name = "displacement"
        out.write_function(u)
