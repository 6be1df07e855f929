package org.oncotwin.change.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.store.ContentStore;
import org.oncotwin.change.plan.Plan.CohortReference;
import org.oncotwin.change.plan.PlanFile;

/**
 * A reference cohort as {@code cohort.json} says it.
 *
 * @param cases its cases
 * @param files SHA-256 of every other file that the cases name, by its path
 */
record Cohort(
        @JsonProperty(required = true) List<Member> cases,
        @JsonProperty(required = true) Map<String, String> files) {

    static final String FILE = "cohort.json";

    Cohort {
        cases = List.copyOf(cases);
        files = Map.copyOf(files);
    }

    /**
     * A case of the cohort.
     *
     * @param file its case file
     * @param sha256 hash of that file
     * @param subgroups subgroups to which it belongs
     * @param reference by quantity its true value at each output; empty if no criterion asks for it
     */
    record Member(
            @JsonProperty(value = "case", required = true) String file,
            @JsonProperty(required = true) String sha256,
            @JsonProperty(required = true) List<String> subgroups,
            @JsonProperty(required = true) Map<String, List<Double>> reference) {

        Member {
            subgroups = List.copyOf(subgroups);
            reference = Map.copyOf(reference);
        }
    }

    /**
     * A cohort whose files are in the content store.
     *
     * @param cohort the cohort
     * @param files SHA-256 of every file by its path, {@value #FILE} too
     */
    record Kept(Cohort cohort, Map<String, String> files) {

        Kept {
            files = Map.copyOf(files);
        }
    }

    /**
     * Reads a cohort, keeps its files and checks them as they are kept, so that nothing can be exchanged between the check and the run.
     *
     * @throws ChangeRefusedException if it is not the cohort of the plan
     */
    static Kept keep(Path folder, CohortReference wanted, ContentStore contents) throws IOException {
        Map<String, String> files = new TreeMap<>();
        keep(folder, FILE, wanted.sha256(), "the plan", contents, files);
        Cohort cohort = read(contents, files.get(FILE));
        if (cohort.cases.size() < wanted.leastCases()) {
            throw new ChangeRefusedException("the cohort has " + cohort.cases.size()
                    + " cases; the plan asks for at least " + wanted.leastCases());
        }
        for (Member member : cohort.cases) {
            keep(folder, member.file(), member.sha256(), FILE, contents, files);
        }
        for (Map.Entry<String, String> other : cohort.files.entrySet()) {
            keep(folder, other.getKey(), other.getValue(), FILE, contents, files);
        }
        return new Kept(cohort, files);
    }

    /** A cohort that was kept before. */
    static Kept kept(Map<String, String> files, ContentStore contents) throws IOException {
        return new Kept(read(contents, files.get(FILE)), files);
    }

    private static Cohort read(ContentStore contents, String sha256) throws IOException {
        try (InputStream in = contents.open(sha256)) {
            return PlanFile.read(in.readAllBytes(), Cohort.class);
        }
    }

    private static void keep(
            Path folder, String name, String sha256, String who, ContentStore contents, Map<String, String> files)
            throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
            throw new ChangeRefusedException("the folder of the cohort has no file " + name);
        }
        try (InputStream in = Files.newInputStream(file)) {
            String kept = contents.put(in);
            if (!kept.equals(sha256)) {
                throw new ChangeRefusedException(
                        name + " of the cohort is not the one that " + who + " names: its hash differs");
            }
            files.put(name, kept);
        }
    }
}
