"""How far the tissue of a scene sags under its weight: linear elasticity, computed with DOLFINx 0.5.

usage: python3 NAME.py            reads NAME.xdmf beside it and writes NAME_sag.xdmf with the displacement in m
       mpirun -n 4 python3 NAME.py
"""
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import ufl
from dolfinx import fem
from dolfinx.fem.petsc import LinearProblem
from dolfinx.io import XDMFFile
from mpi4py import MPI


class Scene:
    """Mesh in metres, its tags, and what is the same in each cell: Young's modulus in Pa, Poisson's ratio, density in kg/m3."""

    def __init__(self, path, comm=MPI.COMM_WORLD):
        path = str(path)
        domain = ElementTree.parse(path).getroot().find("Domain")
        facts = [(item.get("Name"), item.get("Value")) for item in domain.findall("Information")]
        self.gravity = next(float(value) for name, value in facts if name == "gravity")
        self.tissues = {int(name.split()[1]): value for name, value in facts if name.startswith("tissue ")}
        self.anchor_names = {int(name.split()[1]): value for name, value in facts if name.startswith("anchor ")}
        grids = {grid.get("Name"): grid for grid in domain.findall("Grid")}
        with XDMFFile(comm, path, "r", encoding=XDMFFile.Encoding.ASCII) as file:
            self.mesh = file.read_mesh(name="mesh")
            topology = self.mesh.topology
            for dimension in range(3):
                topology.create_entities(dimension)
                topology.create_connectivity(dimension, 3)
            self.cells = file.read_meshtags(self.mesh, name="mesh")
            self.anchors = file.read_meshtags(self.mesh, name="anchors") if "anchors" in grids else None
            self.anchored_faces = (
                file.read_meshtags(self.mesh, name="anchored-faces") if "anchored-faces" in grids else None)
        attributes = {item.get("Name"): item for item in grids["mesh"].findall("Attribute")}
        self.youngs_modulus = self._of_cells(attributes["youngs_modulus"])
        self.poissons_ratio = self._of_cells(attributes["poissons_ratio"])
        self.density = self._of_cells(attributes["density"])

    def _of_cells(self, attribute):
        """DOLFINx orders cells anew and knows where each was in the file."""
        values = np.array(attribute.find("DataItem").text.split(), dtype=np.float64)
        function = fem.Function(fem.FunctionSpace(self.mesh, ("DG", 0)), name=attribute.get("Name"))
        function.x.array[:] = values[np.asarray(self.mesh.topology.original_cell_index)]
        return function

    def stress(self, u):
        """Cauchy stress of small strain in Pa (Hooke's law)."""
        mu = self.youngs_modulus / (2 * (1 + self.poissons_ratio))
        first = self.youngs_modulus * self.poissons_ratio / ((1 + self.poissons_ratio) * (1 - 2 * self.poissons_ratio))
        strain = ufl.sym(ufl.grad(u))
        return 2 * mu * strain + first * ufl.tr(strain) * ufl.Identity(3)


def sag(scene):
    """The displacement in m under gravity, with all anchors held."""
    space = fem.VectorFunctionSpace(scene.mesh, ("CG", 1))
    u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
    held = fem.dirichletbc(
        np.zeros(3), fem.locate_dofs_topological(space, 0, scene.anchors.indices), space)
    stiffness = ufl.inner(scene.stress(u), ufl.sym(ufl.grad(v))) * ufl.dx
    weight = -scene.gravity * scene.density * v[2] * ufl.dx
    # A direct solver: exact for any material. For more than some 100,000 nodes take "cg" with "gamg".
    options = {"ksp_type": "preonly", "pc_type": "lu", "pc_factor_mat_solver_type": "mumps"}
    displacement = LinearProblem(stiffness, weight, [held], petsc_options=options).solve()
    displacement.name = "displacement"
    return displacement


def main():
    here = Path(__file__).resolve()
    scene = Scene(here.with_suffix(".xdmf"))
    if scene.anchors is None:
        sys.exit("the scene has no anchor: nothing holds the tissue")
    displacement = sag(scene)
    local = np.linalg.norm(displacement.x.array.reshape(-1, 3), axis=1).max()
    largest = scene.mesh.comm.allreduce(local, MPI.MAX)
    with XDMFFile(scene.mesh.comm, str(here.with_name(here.stem + "_sag.xdmf")), "w") as file:
        file.write_mesh(scene.mesh)
        file.write_function(displacement)
    if scene.mesh.comm.rank == 0:
        print("largest displacement %.6g m" % largest)


if __name__ == "__main__":
    main()
