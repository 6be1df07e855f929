package org.oncotwin.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.pharmacokinetics.DrugExposure;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.plugin.PluginDescription;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.CourseSummary;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.Provenance;
import org.oncotwin.api.simulation.RunListener;
import org.oncotwin.api.simulation.RunOptions;
import org.oncotwin.api.simulation.RunResult;
import org.oncotwin.api.simulation.SensitivityListener;
import org.oncotwin.api.simulation.SensitivityRequest;
import org.oncotwin.api.simulation.SensitivityResult;
import org.oncotwin.api.simulation.Simulation;
import org.oncotwin.api.simulation.SimulationException;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.simulation.ToxicitySummary;
import org.oncotwin.api.simulation.UsedParameter;
import org.oncotwin.api.solver.Execution;
import org.oncotwin.api.solver.SolverException;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Curve;
import org.oncotwin.api.twin.Interval;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.StateComponent;

/** A request with its leases. */
final class PreparedSimulation implements Simulation {

    private final PluginIdentity engine;
    private final SimulationRequest request;
    private final Lease<GrowthModel> growth;
    private final List<Lease<TreatmentModality>> courses;
    private final LeasedPharmacology pharmacology;
    private final LeasedSolvers solvers;
    private final AtomicBoolean closed = new AtomicBoolean();

    PreparedSimulation(
            PluginIdentity engine,
            SimulationRequest request,
            Lease<GrowthModel> growth,
            List<Lease<TreatmentModality>> courses,
            LeasedPharmacology pharmacology,
            LeasedSolvers solvers) {
        this.engine = engine;
        this.request = request;
        this.growth = growth;
        this.courses = List.copyOf(courses);
        this.pharmacology = pharmacology;
        this.solvers = solvers;
    }

    /** Binds everything once, so that what is wrong with the request is said before anything runs or is written. */
    void checkStart() {
        LeasedSolvers.Counted counted = solvers.counted(Execution.sequential());
        Participants participants = bind(counted, Cancellation.NEVER);
        pharmacology.guidance(participants, toxicities(participants, counted, Cancellation.NEVER));
        new RunLoop(request, participants, leases(), Cancellation.NEVER).start();
    }

    @Override
    public RunResult run(RunOptions options, RunListener listener) throws IOException {
        return carryOut(null, options, listener);
    }

    @Override
    public RunResult resume(Checkpoint checkpoint, RunOptions options, RunListener listener) throws IOException {
        String hash = CanonicalHash.of(request);
        if (!checkpoint.requestHash().equals(hash)) {
            throw new InvalidInputException(
                    "--resume",
                    "the checkpoint was made by another case than this; it has request hash " + checkpoint.requestHash()
                            + ", this case has " + hash);
        }
        return carryOut(checkpoint, options, listener);
    }

    private RunResult carryOut(Checkpoint from, RunOptions options, RunListener listener) throws IOException {
        if (closed.get()) {
            throw new IllegalStateException("the simulation is closed");
        }
        List<Lease<?>> leases = leases();
        Cancellation cancellation =
                () -> options.cancellation().isRequested() || leases.stream().anyMatch(Lease::isWithdrawn);
        LeasedSolvers.Counted counted = solvers.counted(new Execution(options.threads(), cancellation));
        Participants participants = bind(counted, cancellation);
        RunLoop loop = new RunLoop(request, participants, leases, options.cancellation());
        String requestHash = CanonicalHash.of(request);
        List<PluginIdentity> identities = new ArrayList<>();
        identities.addAll(identities());
        List<PluginIdentity> available = new ArrayList<>(identities);
        solvers.leases().forEach(lease -> available.add(lease.identity()));
        Origin origin = from == null
                ? Origin.ofStart(identities, counted)
                : Origin.ofResume(from, identities, available, counted);
        RunLoop.Recording recording = new RunLoop.Recording(requestHash, origin, listener);
        try {
            RunLoop.Outcome outcome = from == null
                    ? loop.run(recording)
                    : loop.resume(migrated(from, participants), from.trajectory(), recording);
            return result(outcome, participants, toxicities(participants, counted, cancellation), origin, requestHash);
        } catch (RuntimeException | LinkageError e) {
            // Whatever went wrong in a plugin that was being stopped: that it was stopped is the reason.
            loop.refuseWithdrawn(recording);
            throw e;
        }
    }

    private List<ToxicitySummary> toxicities(
            Participants participants, LeasedSolvers.Counted counted, Cancellation cancellation) {
        try {
            return pharmacology.assess(
                    participants, label -> Participants.context(request, label, counted, cancellation));
        } catch (SolverException e) {
            throw new SimulationException("toxicity could not be computed: " + e.getMessage(), e);
        }
    }

    /** The plugins of the run but its solvers. */
    private List<PluginIdentity> identities() {
        List<PluginIdentity> identities = new ArrayList<>();
        identities.add(growth.identity());
        courses.forEach(c -> identities.add(c.identity()));
        pharmacology.leases().forEach(lease -> identities.add(lease.identity()));
        return identities;
    }

    private State migrated(Checkpoint checkpoint, Participants participants) {
        State state = checkpoint.state();
        if (!checkpoint.plugins().contains(growth.identity())) {
            List<StateComponent> saved = state.ownedBy(participants.growthLabel());
            state = replaced(state, saved, migrate(growth.identity(), () -> participants
                    .growth()
                    .migrate(saved)));
        }
        for (Participants.Planned planned : participants.courses()) {
            if (!checkpoint.plugins().contains(planned.lease().identity())) {
                List<StateComponent> saved = state.ownedBy(planned.label());
                state = replaced(state, saved, migrate(planned.lease().identity(), () -> planned.course()
                        .migrate(saved)));
            }
        }
        return state;
    }

    private static List<StateComponent> migrate(
            PluginIdentity plugin, java.util.function.Supplier<List<StateComponent>> migration) {
        try {
            return migration.get();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    "--resume",
                    "the checkpoint was made by another version of " + plugin.id() + " than " + plugin + ": "
                            + e.problem());
        }
    }

    private static State replaced(State state, List<StateComponent> old, List<StateComponent> migrated) {
        var components = new java.util.TreeMap<>(state.components());
        components.values().removeAll(old);
        return new State(state.time(), components).with(migrated);
    }

    private RunResult result(
            RunLoop.Outcome outcome,
            Participants participants,
            List<ToxicitySummary> toxicities,
            Origin origin,
            String requestHash) {
        Interval whole = new Interval(request.start(), request.end());
        List<UsedParameter> parameters = new ArrayList<>();
        List<String> limitations = new ArrayList<>();
        PluginDescription model = growth.plugin().description().plugin();
        describe(
                participants.growthLabel(),
                model,
                participants.growthParameters(),
                request.growth().parameters(),
                parameters,
                limitations);
        participants
                .growth()
                .remarks(request.growth().initial())
                .forEach(r -> limitations.add(model.title() + ": " + r));
        List<CourseSummary> summaries = new ArrayList<>();
        List<List<Curve>> curves = CourseCurves.named(
                participants.courses().stream().map(Participants.Planned::label).toList(),
                participants.courses().stream()
                        .map(planned -> planned.course().curves(whole))
                        .toList());
        for (Participants.Planned planned : participants.courses()) {
            PluginDescription modality = planned.lease().plugin().description().plugin();
            var given = request.courses().get(courses.indexOf(planned.lease())).parameters();
            describe(planned.label(), modality, planned.parameters(), given, parameters, limitations);
            var events = planned.course().events().stream()
                    .filter(e ->
                            !e.time().isBefore(request.start()) && !e.time().isAfter(request.end()))
                    .toList();
            summaries.add(new CourseSummary(
                    planned.label(), modality.title(), events, planned.course().facts(), curves.get(summaries.size())));
        }
        pharmacology
                .used(Map.of())
                .forEach(used -> describe(
                        used.label(), used.plugin(), used.parameters(), used.given(), parameters, limitations));
        limitations.addAll(ofDrugs(participants));
        limitations.addAll(LeasedPharmacology.givenTwice(participants, request.end()));
        toxicities.forEach(found -> found.toxicity().remarks().forEach(r -> limitations.add(found.title() + ": " + r)));
        limitations.addAll(origin.history());
        DoseGuidance guidance = pharmacology.guidance(participants, toxicities);
        limitations.addAll(guidance.remarks());
        Provenance provenance = new Provenance(
                requestHash,
                origin.plugins(),
                engine.version(),
                engine.sha256(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                request.seed(),
                parameters,
                request.inputHashes(),
                origin.solvers(),
                CanonicalHash.of(outcome.state()));
        return new RunResult(
                outcome.trajectory(),
                outcome.state(),
                summaries,
                toxicities,
                guidance.fired(),
                limitations,
                provenance);
    }

    /** What the numbers of drugs must not be used for. */
    private List<String> ofDrugs(Participants participants) {
        return LeasedPharmacology.exposures(participants).stream()
                .map(DrugExposure::drug)
                .distinct()
                .flatMap(drug -> drug.sections().values().stream()
                        .flatMap(section -> section.limitations().stream().map(l -> drug.title() + ": " + l)))
                .distinct()
                .toList();
    }

    private static void describe(
            String label,
            PluginDescription plugin,
            Parameters used,
            Map<String, Double> given,
            List<UsedParameter> parameters,
            List<String> limitations) {
        used.values().forEach((name, value) -> {
            ParameterDescription d = description(plugin.parameters(), name);
            String origin = given.containsKey(name) ? "case" : "default";
            parameters.add(new UsedParameter(label, name, value, d.unit(), origin, d.description(), d.source()));
        });
        plugin.limitations().stream()
                .map(l -> plugin.title() + ": " + l)
                .filter(l -> !limitations.contains(l))
                .forEach(limitations::add);
    }

    /** Description of a value, whose name may have a tissue class. */
    static ParameterDescription description(List<ParameterDescription> descriptions, String name) {
        return descriptions.stream()
                .filter(p -> name.equals(p.name()) || name.startsWith(p.name() + "."))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public SensitivityResult sensitivity(
            SensitivityRequest sensitivity, RunOptions options, SensitivityListener listener) {
        if (closed.get()) {
            throw new IllegalStateException("the simulation is closed");
        }
        List<Lease<?>> leases = leases();
        Cancellation cancellation =
                () -> options.cancellation().isRequested() || leases.stream().anyMatch(Lease::isWithdrawn);
        LeasedSolvers.Counted counted = solvers.counted(new Execution(options.threads(), cancellation));
        SensitivityAnalysis analysis = new SensitivityAnalysis(
                replaced -> world(counted, cancellation, replaced), sensitivity, cancellation, listener);
        try {
            return analysis.analyse(CanonicalHash.of(request), () -> {
                List<PluginIdentity> used = new ArrayList<>(identities());
                used.addAll(counted.used());
                return used;
            });
        } catch (RuntimeException | LinkageError e) {
            // Whatever went wrong in a plugin that was being stopped: that it was stopped is the reason.
            leases.stream().filter(Lease::isWithdrawn).findFirst().ifPresent(lease -> {
                throw new PluginWithdrawnException(lease.identity(), null);
            });
            throw e;
        }
    }

    private World world(LeasedSolvers.Counted counted, Cancellation cancellation, Map<ParameterName, Double> replaced) {
        SteppingSolvers growthSolvers = new SteppingSolvers(counted);
        Participants participants = Participants.bind(
                request, growth, courses, pharmacology, growthSolvers, counted, cancellation, replaced);
        SimulationRequest started =
                request.withGrowth(request.growth().withInitial(initial(participants.growthLabel(), replaced)));
        return new World(started, new Dynamics(started, participants), growthSolvers);
    }

    private List<Observation> initial(String label, Map<ParameterName, Double> replaced) {
        List<Observation> observations = new ArrayList<>();
        for (Observation observation : request.growth().initial()) {
            ParameterName name =
                    ParameterName.initial(label, observation.quantity().name());
            if (observation instanceof Observation.Scalar seen && replaced.containsKey(name)) {
                observations.add(
                        new Observation.Scalar(seen.quantity(), seen.time(), replaced.get(name), seen.noise()));
            } else {
                observations.add(observation);
            }
        }
        return observations;
    }

    private Participants bind(LeasedSolvers.Counted counted, Cancellation cancellation) {
        return Participants.bind(request, growth, courses, pharmacology, counted, cancellation);
    }

    private List<Lease<?>> leases() {
        List<Lease<?>> leases = new ArrayList<>();
        leases.add(growth);
        leases.addAll(courses);
        leases.addAll(pharmacology.leases());
        leases.addAll(solvers.leases());
        return leases;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            growth.close();
            courses.forEach(Lease::close);
            pharmacology.close();
            solvers.close();
        }
    }
}
