package org.oncotwin.casefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.oncotwin.api.imaging.ImageReader;
import org.oncotwin.api.pharmacokinetics.DrugLibrary;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.GrowthChoice;
import org.oncotwin.api.simulation.Pharmacology;
import org.oncotwin.api.simulation.PluginCatalogue;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.treatment.StudyCalendar;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.units.UnitConverter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Reads case files in JSON. */
@Component
public final class JsonCaseReader implements CaseReader {
    /** Cases hold numbers and names, images lie beside them: 4 MiB is far more than one needs. */
    private static final long LARGEST_CASE = 4L << 20;

    private static final int MOST_TREATMENTS = 1_000;

    private final PluginCatalogue catalogue;
    private final UnitConverter units;
    private final ImageReader images;
    private final List<DrugLibrary> libraries = new CopyOnWriteArrayList<>();
    private final List<RegimenLibrary> regimenLibraries = new CopyOnWriteArrayList<>();

    /** With the plugins there are, units and images. */
    @Activate
    public JsonCaseReader(
            @Reference PluginCatalogue catalogue, @Reference UnitConverter units, @Reference ImageReader images) {
        this.catalogue = catalogue;
        this.units = units;
        this.images = images;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDrugLibrary(DrugLibrary library) {
        libraries.add(library);
        libraries.sort(Comparator.comparing(DrugLibrary::title));
    }

    void unbindDrugLibrary(DrugLibrary library) {
        libraries.remove(library);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRegimenLibrary(RegimenLibrary library) {
        regimenLibraries.add(library);
        regimenLibraries.sort(Comparator.comparing(RegimenLibrary::title));
    }

    void unbindRegimenLibrary(RegimenLibrary library) {
        regimenLibraries.remove(library);
    }

    @Override
    public Case read(Path caseFile) {
        return read(caseFile, Optional.empty(), catalogue);
    }

    @Override
    public Case read(Path caseFile, Map<String, Path> inputs) {
        return read(caseFile, Optional.of(Map.copyOf(inputs)), catalogue);
    }

    @Override
    public Case read(Path caseFile, Predicate<PluginIdentity> visible) {
        return read(caseFile, Optional.empty(), new VisiblePlugins(catalogue, visible));
    }

    @Override
    public Case read(Path caseFile, Map<String, Path> inputs, Predicate<PluginIdentity> visible) {
        return read(caseFile, Optional.of(Map.copyOf(inputs)), new VisiblePlugins(catalogue, visible));
    }

    private Case read(Path caseFile, Optional<Map<String, Path>> elsewhere, PluginCatalogue plugins) {
        Problems problems = new Problems();
        try {
            JsonDocument document = JsonDocument.read(caseFile, LARGEST_CASE, problems);
            Path folder = caseFile.toAbsolutePath().getParent();
            return read(document, new InputFiles(folder, elsewhere, images, problems), problems, plugins);
        } catch (InvalidCaseException complete) {
            throw complete;
        } catch (InvalidInputException first) {
            problems.add(first);
            problems.check();
            throw first;
        }
    }

    private Case read(JsonDocument document, InputFiles files, Problems problems, PluginCatalogue plugins) {
        CaseObject root = new CaseObject(document.root(), "", problems);
        Measures measures = new Measures(units, problems);
        // For editors: says which JSON Schema describes the file.
        root.value("$schema");
        Optional<String> name = name(root);
        long seed = seed(root);
        PatientSection patient = PatientSection.read(root, measures);
        AnatomySection anatomy = AnatomySection.read(root, files);
        Optional<CaseObject> initial =
                root.requiredObject("initial", "an object with a day and what the model starts from");
        CaseTimes times = CaseTimes.read(root, initial, measures);
        StudyCalendar calendar = CaseTimes.calendar(root);
        Optional<GrowthChoice> growth =
                new GrowthSection(plugins, anatomy, files, measures).read(root, initial, times.start());
        CaseDrugs drugs = new CaseDrugs(libraries, files, measures, problems);
        drugs.readOwn(root);
        List<CourseChoice> courses = new ArrayList<>();
        TreatmentSection treatments = new TreatmentSection(plugins, anatomy, files, drugs, measures);
        RegimenSection regimens = new RegimenSection(regimenLibraries, treatments, files, measures, problems);
        regimens.readOwn(root);
        for (CaseObject treatment : root.objects(
                "treatments", MOST_TREATMENTS, "a list of treatments, each an object with a modality or a regimen")) {
            if (treatment.mentions("regimen")) {
                courses.addAll(regimens.read(treatment, times.start()));
            } else {
                treatments.read(treatment, times.start()).ifPresent(courses::add);
            }
        }
        Pharmacology pharmacology = new PharmacologySection(plugins, anatomy, measures).read(root, drugs);
        OptionalDouble tolerance = root.number("tolerance", 1e-14, 1e-2, "a number, 1e-14 to 0.01");
        root.refuseOthers();
        problems.check();
        return new Case(
                new SimulationRequest(
                        name.orElseThrow(),
                        seed,
                        new Setting(anatomy.anatomy(), patient.covariates(), patient.markers()),
                        growth.orElseThrow(),
                        courses,
                        calendar,
                        times.start(),
                        times.end(),
                        times.outputs(),
                        pharmacology,
                        tolerance,
                        files.hashes()),
                name.orElseThrow(),
                patient.id(),
                files.all(),
                anatomy.background(),
                files.warnings(),
                files.renamed() ? rewritten(document) : document.text());
    }

    private static Optional<String> name(CaseObject root) {
        Optional<String> name = root.requiredText("case", "the name of the case");
        if (name.isPresent() && (name.get().length() > 200 || name.get().matches("(?s).*\\p{Cntrl}.*"))) {
            root.problem("case", "not allowed; a name has at most 200 characters and no control characters");
            return Optional.empty();
        }
        return name;
    }

    private static long seed(CaseObject root) {
        OptionalLong seed = root.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, "a whole number of at most 64 bits");
        return seed.orElse(1);
    }

    private static String rewritten(JsonDocument document) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document.root()) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
