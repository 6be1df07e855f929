package org.oncotwin.api.scene;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.oncotwin.api.mesh.TetrahedralMesh;

/**
 * A surgical scene that no simulator owns: soft tissue, where it is held, what touches it. All is in SI units in a right-handed frame with z up; the placement says where the patient lies in it. Immutable.
 *
 * @param name lower-case words joined by hyphens; base name of exported files
 * @param placement where the patient lies
 * @param mesh tetrahedra of all tissues, which share nodes where they touch
 * @param tissues one for each region of the mesh
 * @param anchors nodes that are held
 * @param probes what is led against the tissue
 * @param gravity downwards along z in m/s2, 0 or more
 */
public record Scene(
        String name,
        Placement placement,
        TetrahedralMesh mesh,
        List<Tissue> tissues,
        List<Anchor> anchors,
        List<Probe> probes,
        double gravity) {

    /**
     * Checks that its parts fit together and makes the lists immutable.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    public Scene {
        Names.check("a scene", name);
        tissues = List.copyOf(tissues);
        anchors = List.copyOf(anchors);
        probes = List.copyOf(probes);
        Set<Integer> regions = new TreeSet<>(mesh.regions());
        Set<String> names = new HashSet<>();
        for (Tissue tissue : tissues) {
            if (!regions.remove(tissue.region())) {
                throw new IllegalArgumentException("tissue " + tissue.name() + " is region " + tissue.region()
                        + ", which another tissue is or the mesh has not; it has " + mesh.regions());
            }
            unique(names, tissue.name());
        }
        if (!regions.isEmpty()) {
            throw new IllegalArgumentException("no tissue is region " + regions + " of the mesh");
        }
        Set<Integer> held = new HashSet<>();
        for (Anchor anchor : anchors) {
            unique(names, anchor.name());
            for (int node : anchor.nodes()) {
                if (node < 0 || node >= mesh.nodes() || !held.add(node)) {
                    throw new IllegalArgumentException("anchor " + anchor.name() + " holds node " + node
                            + ", which another holds or the mesh has not; it has nodes 0 to " + (mesh.nodes() - 1));
                }
            }
        }
        probes.forEach(probe -> unique(names, probe.name()));
        if (!(gravity >= 0 && gravity < 1000)) {
            throw new IllegalArgumentException("gravity is " + gravity + "; allowed is 0 and up to 1000 m/s2");
        }
    }

    private static void unique(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("two parts of the scene are called " + name);
        }
    }

    /** Mass of all tissue in kg. */
    public double mass() {
        return tissues.stream()
                .mapToDouble(tissue -> tissue.material().density() * mesh.volumeOfRegion(tissue.region()))
                .sum();
    }
}
