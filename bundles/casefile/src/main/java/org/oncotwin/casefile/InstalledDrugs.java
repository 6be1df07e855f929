package org.oncotwin.casefile;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.pharmacokinetics.DrugLibrary;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.api.units.UnitConverter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Reads the files of all libraries when it is asked. */
@Component
public final class InstalledDrugs implements DrugCatalogue {

    private final UnitConverter units;
    private final List<DrugLibrary> drugs = new CopyOnWriteArrayList<>();
    private final List<RegimenLibrary> regimens = new CopyOnWriteArrayList<>();

    /** With the units there are. */
    @Activate
    public InstalledDrugs(@Reference UnitConverter units) {
        this.units = units;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDrugLibrary(DrugLibrary library) {
        drugs.add(library);
        drugs.sort(Comparator.comparing(DrugLibrary::title));
    }

    void unbindDrugLibrary(DrugLibrary library) {
        drugs.remove(library);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRegimenLibrary(RegimenLibrary library) {
        regimens.add(library);
        regimens.sort(Comparator.comparing(RegimenLibrary::title));
    }

    void unbindRegimenLibrary(RegimenLibrary library) {
        regimens.remove(library);
    }

    @Override
    public List<Drug> drugs() {
        Problems problems = new Problems();
        DrugFile reader = new DrugFile(new Measures(units, problems));
        return all("drug", drugs.stream().map(DrugLibrary::files).toList(), reader::read, problems);
    }

    @Override
    public Drug drug(String name) {
        return named("drug", drugs(), Drug::id, Drug::synonyms, name);
    }

    @Override
    public List<Regimen> regimens() {
        Problems problems = new Problems();
        RegimenFile reader = new RegimenFile(new Measures(units, problems));
        return all("regimen", regimens.stream().map(RegimenLibrary::files).toList(), reader::read, problems);
    }

    @Override
    public Regimen regimen(String name) {
        return named("regimen", regimens(), Regimen::id, Regimen::synonyms, name);
    }

    private static <T> List<T> all(
            String word, List<SortedMap<String, Path>> libraries, NamedFiles.Reader<T> reader, Problems problems) {
        SortedMap<String, Path> files = new TreeMap<>();
        libraries.forEach(library -> library.forEach(files::putIfAbsent));
        List<T> all = files.entrySet().stream()
                .flatMap(file ->
                        NamedFiles.read(reader, file.getValue(), NamedFiles.fileName(word, file.getKey()), problems)
                                .stream())
                .toList();
        problems.check();
        return all;
    }

    private static <T> T named(
            String word, List<T> all, NamedFiles.Name<T> id, NamedFiles.Synonyms<T> synonyms, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return Stream.concat(
                        all.stream().filter(thing -> id.of(thing).equals(wanted)),
                        all.stream().filter(thing -> synonyms.of(thing).stream().anyMatch(name::equalsIgnoreCase)))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        word.toUpperCase(Locale.ROOT),
                        "no " + word + " '" + Words.shown(name) + "' in the library; "
                                + Words.known(name, all.stream().map(id::of).toList())));
    }
}
