package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationEngine;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.solver.SolverKind;
import org.oncotwin.api.solver.SolverNeed;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.units.UnitConverter;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Leases the plugins of a request and makes sure that they fit together. */
@Component
public final class Engine implements SimulationEngine {

    private final PluginRegistry registry;
    private final UnitConverter units;
    private final PluginIdentity identity;

    /** Called by Declarative Services. */
    @Activate
    public Engine(@Reference PluginRegistry registry, @Reference UnitConverter units, BundleContext context) {
        this(
                registry,
                units,
                new PluginIdentity(
                        PluginKind.SOLVER,
                        "engine",
                        context.getBundle().getVersion().toString(),
                        context.getBundle().getSymbolicName(),
                        BundleIdentity.sha256(context.getBundle())));
    }

    Engine(PluginRegistry registry, UnitConverter units, PluginIdentity identity) {
        this.registry = registry;
        this.units = units;
        this.identity = identity;
    }

    @Override
    public Simulation prepare(SimulationRequest request) {
        return prepare(request, Offers.ANY);
    }

    @Override
    public Simulation prepare(SimulationRequest request, Predicate<PluginIdentity> visible) {
        List<AutoCloseable> taken = new ArrayList<>();
        try {
            Lease<GrowthModel> growth = registry.growthOffers()
                    .lease(registry.growthOffers()
                            .find(request.growth().model(), visible, "growth.model", "growth.version"));
            taken.add(growth);
            List<Lease<TreatmentModality>> courses = new ArrayList<>();
            for (int i = 0; i < request.courses().size(); i++) {
                String field = "treatments[" + i + "]";
                Lease<TreatmentModality> course = registry.treatmentOffers()
                        .lease(registry.treatmentOffers()
                                .find(
                                        request.courses().get(i).modality(),
                                        visible,
                                        field + ".modality",
                                        field + ".version"));
                taken.add(course);
                courses.add(course);
                checkCourse(field, request.courses().get(i), growth, course);
            }
            LeasedPharmacology pharmacology = LeasedPharmacology.lease(registry, units, request, visible);
            taken.add(pharmacology);
            checkLabels(growth, courses, pharmacology);
            Set<SolverNeed> needs = new LinkedHashSet<>();
            needs.addAll(growth.plugin().description().solverNeeds());
            courses.forEach(c -> needs.addAll(c.plugin().description().solverNeeds()));
            needs.addAll(pharmacology.needs());
            checkSettings(request, needs);
            LeasedSolvers solvers =
                    LeasedSolvers.lease(registry, request.growth().solver(), needs, visible);
            taken.add(solvers);
            PreparedSimulation simulation =
                    new PreparedSimulation(identity, request, growth, courses, pharmacology, solvers);
            simulation.checkStart();
            return simulation;
        } catch (RuntimeException e) {
            taken.forEach(Engine::giveBack);
            throw e;
        }
    }

    /** A setting that would do nothing is refused rather than taken without a word. */
    private static void checkSettings(SimulationRequest request, Set<SolverNeed> needs) {
        if (request.growth().largestStep().isPresent()
                && needs.stream().noneMatch(need -> need.kind() == SolverKind.REACTION_DIFFUSION)) {
            throw new InvalidInputException(
                    "growth.max_step", "would do nothing: no plugin of the case steps through time on a grid");
        }
        if (request.relativeTolerance().isPresent() && needs.isEmpty()) {
            throw new InvalidInputException(
                    "tolerance", "would do nothing: no plugin of the case hands anything to a solver");
        }
    }

    /** Parameters are named by the ids of plugins, which must differ. */
    private static void checkLabels(
            Lease<GrowthModel> growth, List<Lease<TreatmentModality>> courses, LeasedPharmacology pharmacology) {
        Set<String> labels = new TreeSet<>();
        labels.add(growth.identity().id());
        courses.forEach(course -> labels.add(course.identity().id()));
        for (Lease<?> lease : pharmacology.leases()) {
            if (!labels.add(lease.identity().id())) {
                throw new InvalidInputException(
                        "",
                        "two plugins of the case are called '"
                                + lease.identity().id() + "'; their parameters could not be told apart");
            }
        }
    }

    /** What the combination of a growth model and a course can never do is refused before anything runs. */
    private static void checkCourse(
            String field, CourseChoice choice, Lease<GrowthModel> growth, Lease<TreatmentModality> course) {
        if (growth.identity().id().equals(course.identity().id())) {
            throw new InvalidInputException(
                    field + ".modality",
                    "a growth model and a treatment modality are both called '"
                            + course.identity().id() + "'; their states could not be told apart");
        }
        if (!growth.plugin().description().spatial()
                && !choice.inputs().images().isEmpty()) {
            throw new InvalidInputException(
                    field + "." + choice.inputs().images().firstKey(),
                    "an image would do nothing: the growth model " + growth.identity() + " has no space");
        }
    }

    private static void giveBack(AutoCloseable lease) {
        try {
            lease.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
