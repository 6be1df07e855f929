package org.oncotwin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.growth.GrowthModelDescription;
import org.oncotwin.api.pharmacokinetics.PharmacokineticModelDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.PluginChoice;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.solver.SolverDescription;
import org.oncotwin.api.solver.SolverFeature;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.toxicity.ToxicityModelDescription;
import org.oncotwin.api.treatment.TreatmentModalityDescription;

/** Which solvers a replay sees. */
class RecordedVersionsTest {

    private static final SolverKind ODE = SolverKind.ORDINARY_DIFFERENTIAL_EQUATIONS;
    private static final SolverKind STIFF = SolverKind.STIFF_ORDINARY_DIFFERENTIAL_EQUATIONS;

    private static PluginCatalogue.Entry<SolverDescription> solver(
            String id, String version, Set<SolverKind> kinds, SolverFeature... features) {
        return new PluginCatalogue.Entry<>(
                new PluginIdentity(PluginKind.SOLVER, id, version, "test." + id, "00"),
                new SolverDescription(
                        id, id, 5, false, kinds, Set.copyOf(Arrays.asList(features)), List.of(), List.of()));
    }

    private static final PluginCatalogue.Entry<SolverDescription> EXPLICIT = solver("explicit", "1.0.0", Set.of(ODE));
    private static final PluginCatalogue.Entry<SolverDescription> IMPLICIT = solver("implicit", "1.0.0", Set.of(STIFF));
    private static final PluginCatalogue.Entry<SolverDescription> NEWER = solver("explicit", "1.1.0", Set.of(ODE));
    private static final PluginCatalogue.Entry<SolverDescription> RIVAL = solver("rival", "3.0.0", Set.of(STIFF));
    private static final PluginCatalogue.Entry<SolverDescription> GRID =
            solver("grid", "1.0.0", Set.of(SolverKind.REACTION_DIFFUSION));
    private static final PluginCatalogue.Entry<SolverDescription> DIFFERENTIATING =
            solver("differentiating", "1.0.0", Set.of(ODE), SolverFeature.values()[0]);

    private static Provenance used(PluginIdentity... plugins) {
        return new Provenance(
                "request", List.of(plugins), "1.0.0", "00", "17", 1, List.of(), new TreeMap<>(Map.of()), List.of(), "");
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<String> seen(Provenance recorded, PluginCatalogue.Entry<SolverDescription>... installed) {
        var visible = RecordedVersions.visible(recorded, new Installed(List.of(installed)));
        return Stream.of(installed)
                .map(PluginCatalogue.Entry::identity)
                .filter(visible)
                .map(plugin -> plugin.id() + " " + plugin.version())
                .toList();
    }

    @Test
    void ofSeveralSolversEachIsTheOneOfThen() {
        assertThat(seen(used(EXPLICIT.identity(), IMPLICIT.identity()), NEWER, EXPLICIT, IMPLICIT, RIVAL))
                .containsExactly("explicit 1.0.0", "implicit 1.0.0");
    }

    @Test
    void ofAMovedRunBothVersionsAreThere() {
        assertThat(seen(used(EXPLICIT.identity(), NEWER.identity(), IMPLICIT.identity()), NEWER, EXPLICIT, IMPLICIT))
                .containsExactly("explicit 1.1.0", "explicit 1.0.0", "implicit 1.0.0");
    }

    @Test
    void solversThatTheRunDidNotCallStay() {
        assertThat(seen(used(EXPLICIT.identity()), NEWER, EXPLICIT, RIVAL, GRID, DIFFERENTIATING))
                .containsExactly("explicit 1.0.0", "rival 3.0.0", "grid 1.0.0", "differentiating 1.0.0");
    }

    @Test
    void whereTheRecordedVersionIsGoneAnotherMayServe() {
        assertThat(seen(used(EXPLICIT.identity(), IMPLICIT.identity()), NEWER, IMPLICIT))
                .containsExactly("explicit 1.1.0", "implicit 1.0.0");
    }

    private record Installed(List<Entry<SolverDescription>> solvers) implements PluginCatalogue {

        @Override
        public List<Entry<GrowthModelDescription>> growthModels() {
            return List.of();
        }

        @Override
        public List<Entry<TreatmentModalityDescription>> treatmentModalities() {
            return List.of();
        }

        @Override
        public List<Entry<PharmacokineticModelDescription>> pharmacokineticModels() {
            return List.of();
        }

        @Override
        public List<Entry<ToxicityModelDescription>> toxicityModels() {
            return List.of();
        }

        @Override
        public Entry<GrowthModelDescription> growthModel(PluginChoice choice) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Entry<TreatmentModalityDescription> treatmentModality(PluginChoice choice) {
            throw new UnsupportedOperationException();
        }
    }
}
