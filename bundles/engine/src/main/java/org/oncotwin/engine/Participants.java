package org.oncotwin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.oncotwin.api.effect.EffectPort;
import org.oncotwin.api.growth.GrowthModel;
import org.oncotwin.api.growth.GrowthProcess;
import org.oncotwin.api.pharmacokinetics.Pharmacokinetics;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.ParameterDescription;
import org.oncotwin.api.plugin.Parameters;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.solver.RunContext;
import org.oncotwin.api.solver.Solvers;
import org.oncotwin.api.treatment.Course;
import org.oncotwin.api.treatment.CourseRequest;
import org.oncotwin.api.treatment.TreatmentModality;
import org.oncotwin.api.treatment.TreatmentModalityDescription;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.api.twin.Interval;

/**
 * The leased plugins of a combination, tied to the patient of a request. Building them anew gives the same participants: they keep nothing between calls.
 *
 * @param growthLabel label of the growth model
 * @param growth the growth model at work
 * @param growthCheck holds what it returns against its description
 * @param growthDescriptions descriptions of its parameters
 * @param growthParameters its parameters
 * @param pharmacokinetics the model of where drugs go with its parameters, if there is one
 * @param courses the treatment courses, in an order that their contents give, in which effects combine
 */
record Participants(
        String growthLabel,
        GrowthProcess growth,
        ReturnCheck growthCheck,
        List<ParameterDescription> growthDescriptions,
        Parameters growthParameters,
        List<LeasedPharmacology.Used> pharmacokinetics,
        List<Planned> courses) {

    /** A planned course and its label. */
    record Planned(
            String label, Lease<TreatmentModality> lease, Parameters parameters, Course course, ReturnCheck check) {}

    static Participants bind(
            SimulationRequest request,
            Lease<GrowthModel> growthLease,
            List<Lease<TreatmentModality>> courseLeases,
            LeasedPharmacology pharmacology,
            Solvers solvers,
            Cancellation cancellation) {
        return bind(request, growthLease, courseLeases, pharmacology, solvers, solvers, cancellation, Map.of());
    }

    /**
     * With values of parameters replaced after all else is settled: labels, random numbers and the order of courses stay as they are in the request.
     *
     * @param pharmacology where drugs go
     * @param growthSolvers solvers of the growth model
     * @param solvers solvers of the courses and of what they ask
     * @param replaced values within the bounds of their parameters
     */
    static Participants bind(
            SimulationRequest request,
            Lease<GrowthModel> growthLease,
            List<Lease<TreatmentModality>> courseLeases,
            LeasedPharmacology pharmacology,
            Solvers growthSolvers,
            Solvers solvers,
            Cancellation cancellation,
            Map<ParameterName, Double> replaced) {
        BiFunction<String, Solvers, RunContext> context = (label, lent) -> context(request, label, lent, cancellation);
        Pharmacokinetics pharmacokinetics =
                pharmacology.pharmacokinetics(replaced, label -> context.apply(label, solvers));

        GrowthModel model = growthLease.plugin();
        List<ParameterDescription> growthDescriptions =
                model.description().plugin().parameters();
        String growthLabel = model.description().plugin().id();
        Parameters growthParameters = within(
                "growth.parameters",
                () -> replaced(
                        growthLabel,
                        Parameters.resolve(growthDescriptions, request.growth().parameters()),
                        replaced));
        GrowthProcess growth = located(
                "growth",
                growthDescriptions,
                () -> model.bind(request.setting(), growthParameters, context.apply(growthLabel, growthSolvers)));
        List<Planned> courses = new ArrayList<>();
        for (int i : contentOrder(request.courses())) {
            Lease<TreatmentModality> lease = courseLeases.get(i);
            var choice = request.courses().get(i);
            TreatmentModality modality = lease.plugin();
            String field = "treatments[" + i + "]";
            String id = modality.description().plugin().id();
            long earlier = courses.stream()
                    .filter(c -> c.lease().identity().id().equals(id))
                    .count();
            String label = earlier == 0 ? id : id + "#" + (earlier + 1);
            List<ParameterDescription> descriptions =
                    modality.description().plugin().parameters();
            Parameters parameters = within(
                    field + ".parameters",
                    () -> replaced(label, Parameters.resolve(descriptions, choice.parameters()), replaced));
            var courseRequest =
                    new CourseRequest(choice.start(), request.calendar(), choice.inputs(), pharmacokinetics);
            Course course = located(
                    field,
                    descriptions,
                    () -> modality.plan(request.setting(), courseRequest, parameters, context.apply(label, solvers)));
            TreatmentModalityDescription description = modality.description();
            Set<EffectPort<?>> driven = new HashSet<>(description.drivenPorts());
            driven.removeAll(course.idlePorts());
            checkPorts(field, growthLease, lease, driven);
            ReturnCheck check = new ReturnCheck(label, description.ownedQuantities(), driven);
            courses.add(new Planned(label, lease, parameters, course, check));
        }
        ReturnCheck growthCheck =
                new ReturnCheck(growthLabel, model.description().ownedQuantities(), Set.of());
        return new Participants(
                growthLabel,
                growth,
                growthCheck,
                growthDescriptions,
                growthParameters,
                pharmacology.usedPharmacokinetics(replaced),
                List.copyOf(courses));
    }

    /**
     * A growth model must honour whatever a course drives. Known when the course is planned, before any model has computed a state.
     *
     * @param driven ports of the modality without those that the course leaves idle
     */
    private static void checkPorts(
            String field, Lease<GrowthModel> growth, Lease<TreatmentModality> course, Set<EffectPort<?>> driven) {
        TreeSet<String> honoured = names(growth.plugin().description().honouredPorts());
        // Sets of ports have no order of their own: all that do not fit are named, sorted, so that the answer is always
        // the same.
        TreeSet<String> refused = names(driven);
        refused.removeAll(honoured);
        if (!refused.isEmpty()) {
            throw new InvalidInputException(
                    field + ".modality",
                    course.identity() + " drives effect ports that the growth model " + growth.identity()
                            + " does not honour: " + refused + "; it honours " + honoured);
        }
    }

    private static TreeSet<String> names(Set<EffectPort<?>> ports) {
        TreeSet<String> names = new TreeSet<>();
        ports.forEach(port -> names.add(port.name()));
        return names;
    }

    /** What a run lends to a plugin under a label. */
    static RunContext context(SimulationRequest request, String label, Solvers lent, Cancellation cancellation) {
        return new RunContext(
                label,
                lent,
                new KeyedRandomStreams(request.seed(), label),
                cancellation,
                new Interval(request.start(), request.end()),
                request.relativeTolerance(),
                request.growth().largestStep());
    }

    static Parameters replaced(String label, Parameters parameters, Map<ParameterName, Double> replaced) {
        SortedMap<String, Double> values = new TreeMap<>(parameters.values());
        values.replaceAll((name, value) -> replaced.getOrDefault(new ParameterName(label, name), value));
        return new Parameters(values);
    }

    /** Courses in an order that their contents give, so that it does not matter how a case lists them. */
    private static List<Integer> contentOrder(List<CourseChoice> courses) {
        Comparator<Integer> order = Comparator.<Integer, String>comparing(
                        i -> courses.get(i).modality().id())
                .thenComparing(i -> courses.get(i).start())
                .thenComparing(i -> CanonicalHash.of(courses.get(i)));
        return IntStream.range(0, courses.size()).boxed().sorted(order).toList();
    }

    /** Longest interval that every course allows, in days. */
    OptionalDouble longestInterval() {
        double shortest = courses.stream()
                .mapToDouble(c -> c.course().longestInterval())
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return Double.isInfinite(shortest) ? OptionalDouble.empty() : OptionalDouble.of(shortest);
    }

    private interface Binding<T> {
        T get();
    }

    private static <T> T within(String outer, Binding<T> binding) {
        try {
            return binding.get();
        } catch (InvalidInputException e) {
            throw e.within(outer);
        }
    }

    /** Says where in the case a field stands that a plugin complains about: a parameter, the anatomy or initial state, or another input of it. */
    private static <T> T located(String outer, List<ParameterDescription> parameters, Binding<T> binding) {
        try {
            return binding.get();
        } catch (InvalidInputException e) {
            String first = e.field().split("[.\\[]", 2)[0];
            if (first.equals("anatomy")
                    || first.equals("initial")
                    || first.equals("patient")
                    || first.equals("drugs")) {
                throw e;
            }
            boolean isParameter = parameters.stream().anyMatch(p -> p.name().equals(first));
            throw e.within(isParameter ? outer + ".parameters" : outer);
        }
    }
}
