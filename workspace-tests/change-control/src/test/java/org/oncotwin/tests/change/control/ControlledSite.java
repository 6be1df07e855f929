package org.oncotwin.tests.change.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Role;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyReplay;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.twin.Cancellation;
import org.oncotwin.store.PostgreSqlCluster;

/** A site with its people, and a combination with the test model under a plan. Sites are made once, up to a stage, and copied for each test. */
final class ControlledSite implements AutoCloseable {

    static final String COMBINATION = "verhulst-site";
    static final Path WORK = Path.of("target", "work");

    /** How far a copied site is. */
    enum Stage {
        /** Version 1.0 is in use. */
        INSTALLED,
        /** Change 1, to version 1.1, is proposed. */
        PROPOSED,
        /** It is verified. */
        VERIFIED,
        /** Both signatures are there. */
        SIGNED
    }

    private record Kept(Path folder, Map<String, Person> people) {}

    private static final Map<Stage, Kept> STAGES = new HashMap<>();
    private static int copies;

    private final Path folder;
    private final Map<String, String> location;
    private final Map<String, Person> people;
    private RunningSite site;

    private ControlledSite(Path folder, Map<String, String> location, Map<String, Person> people, RunningSite site) {
        this.location = location;
        this.folder = folder;
        this.people = people;
        this.site = site;
    }

    /** A copy of a site at a stage, open. */
    static ControlledSite at(Stage stage) throws Exception {
        ControlledSite copy = closedAt(stage);
        copy.open(database -> database);
        return copy;
    }

    /** A copy of a site at a stage, not open. */
    static synchronized ControlledSite closedAt(Stage stage) throws Exception {
        if (!STAGES.containsKey(stage)) {
            try (ControlledSite fresh =
                    stage == Stage.INSTALLED ? made(plan(1000)) : at(Stage.values()[stage.ordinal() - 1])) {
                switch (stage) {
                    case INSTALLED -> {
                        // Made so.
                    }
                    case PROPOSED -> fresh.propose("1.1.0", ModelBundle.BETTER, "numerical-method");
                    case VERIFIED -> fresh.verify(1);
                    case SIGNED -> fresh.signAll(1);
                    default -> throw new IllegalArgumentException(stage.name());
                }
                STAGES.put(stage, new Kept(fresh.folder, fresh.people));
            }
        }
        Kept kept = STAGES.get(stage);
        copies++;
        Map<String, Person> people = new HashMap<>();
        kept.people.forEach((name, person) -> people.put(name, person.atCopy()));
        Path folder = VirtualPatients.copy(kept.folder, fresh("copy-" + copies + "-" + stage));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return new ControlledSite(folder, Map.of(), people, null);
    }

    /** A site that another process made, with those whose sessions there are known by their tokens. */
    static ControlledSite open(Path folder, Map<String, String> location, Map<String, String> tokens) throws Exception {
        ControlledSite there = new ControlledSite(folder, location, new HashMap<>(), null);
        there.open(database -> database);
        tokens.forEach((name, token) -> there.people.put(name, Person.known(there.site.accounts(), name, token)));
        return there;
    }

    /** Tokens of the sessions of all who are here. */
    Map<String, String> tokens() {
        Map<String, String> tokens = new HashMap<>();
        people.forEach((name, person) -> tokens.put(name, person.session().token()));
        return tokens;
    }

    /** A path for a site under the folder of the tests. */
    static Path fresh(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(WORK), name + "-")
                .resolve("site");
    }

    /** A new site with a plan, on the database in its folder. */
    static ControlledSite made(String plan) throws Exception {
        return made(plan, Map.of(), false);
    }

    /** A new site whose combination has the second plugin too, which the plan lets change as the first. */
    static ControlledSite madeWithSecond() throws Exception {
        String first = "\"description_of_modifications\": [";
        String plan = plan(1000).replace(first, first + """
                    { "kind": "second-method", "description": "A better integrator of the second",
                      "plugin": { "kind": "growth", "id": "second" }, "versions": "[1.0,2)",
                      "allowed_differences": [ "text" ], "protocol": "accuracy" },""");
        return made(plan, Map.of(), true);
    }

    /** A new site with a plan, on an empty schema of PostgreSQL; ends the test as skipped if that is not installed. */
    static ControlledSite onPostgreSql(String plan) throws Exception {
        String url = PostgreSqlCluster.required().newDatabase();
        Path password = Files.writeString(
                Files.createTempDirectory(Files.createDirectories(WORK), "postgresql-")
                        .resolve("password"),
                PostgreSqlCluster.PASSWORD + "\n");
        return made(
                plan,
                Map.of(
                        "url",
                        url,
                        "user",
                        PostgreSqlCluster.USER,
                        "passwordFile",
                        password.toAbsolutePath().toString(),
                        "driver.target",
                        "(osgi.jdbc.driver.class=org.postgresql.Driver)"),
                false);
    }

    private static ControlledSite made(String plan, Map<String, String> location, boolean second) throws Exception {
        Path folder = fresh("site");
        return made(folder, feature(folder.resolveSibling("combination"), plan, second), location);
    }

    /** A new site with the combination of a feature file, whose bundles and plan lie beside it. */
    static ControlledSite made(Path feature) throws Exception {
        return made(fresh("site"), feature, Map.of());
    }

    private static ControlledSite made(Path folder, Path feature, Map<String, String> location) throws Exception {
        RunningSite site = RunningSite.open(folder, location, database -> database);
        try {
            Map<String, Person> people = new HashMap<>();
            Person root = Person.enrol(site.accounts(), site.accounts().createFirst("root", "Root Keeper"));
            people.put("root", root);
            enrol(site, people, "simon", "Simon Site", Role.SITE);
            enrol(site, people, "rita", "Rita Regulatory", Role.REGULATORY);
            enrol(site, people, "clara", "Clara Clinical", Role.CLINICAL);
            enrol(site, people, "paula", "Paula Proposer", Role.SITE, Role.REGULATORY);
            enrol(site, people, "bob", "Bob Both", Role.REGULATORY, Role.CLINICAL);
            site.combinations()
                    .install(people.get("simon").session(), feature, List.of(feature.getParent()), "first use");
            return new ControlledSite(folder, location, people, site);
        } catch (Exception | Error failed) {
            site.close();
            throw failed;
        }
    }

    private static void enrol(RunningSite site, Map<String, Person> people, String name, String print, Role... roles) {
        people.put(
                name,
                Person.enrol(
                        site.accounts(),
                        site.accounts().create(people.get("root").session(), name, print, Set.of(roles))));
    }

    // ---- Files ----

    static Supplier supplier() throws Exception {
        return Supplier.named(WORK, "modelling-group");
    }

    static synchronized Path cohort() throws IOException {
        Path folder = WORK.resolve("cohort");
        return Files.exists(folder.resolve("cohort.json")) ? folder : VirtualPatients.write(folder);
    }

    private static Path feature(Path folder, String plan, boolean second) throws Exception {
        ModelBundle.build(folder, "1.0.0", ModelBundle.COARSE);
        ModelBundle.second(folder, "1.0.0", ModelBundle.COARSE);
        Files.writeString(folder.resolve("plan.json"), plan);
        String text = """
                { "feature-resource-version": "1.0",
                  "id": "org.oncotwin.tests:%s:1.0.0",
                  "bundles": [ { "id": "org.oncotwin.tests:%s:1.0.0" }%s ],
                  "extensions": { "oncotwin-combination": { "type": "json", "kind": "mandatory", "json": {
                    "title": "Logistic growth under control",
                    "plugins": [ { "kind": "growth", "id": "verhulst", "versions": "[1.0,2)" }%s ],
                    "plan": "plan.json" } } } }
                """;
        return Files.writeString(
                folder.resolve("feature.json"),
                String.format(
                        Locale.ROOT,
                        text,
                        COMBINATION,
                        ModelBundle.NAME,
                        second ? ", { \"id\": \"org.oncotwin.tests:" + ModelBundle.NAME + ".second:1.0.0\" }" : "",
                        second ? ", { \"kind\": \"growth\", \"id\": \"second\", \"versions\": \"[1.0,2)\" }" : ""));
    }

    /** The plan of the story. */
    static String plan(int mostChanges) throws Exception {
        String text = """
                { "plan": "logistic growth", "version": "1", "combination": "%s",
                  "suppliers": [ { "name": "Modelling Group", "certificate_sha256": "%s" } ],
                  "description_of_modifications": [
                    { "kind": "numerical-method", "description": "A better integrator of the same equation",
                      "plugin": { "kind": "growth", "id": "verhulst" }, "versions": "[1.0,2)",
                      "allowed_differences": [ "text" ], "protocol": "accuracy" },
                    { "kind": "correction", "description": "A fault is mended and nothing else said",
                      "plugin": { "kind": "growth", "id": "verhulst" }, "versions": "[1.0,2)",
                      "allowed_differences": [ ], "protocol": "accuracy" } ],
                  "modification_protocols": [
                    { "id": "accuracy", "data_management": "Virtual patients, kept from the modelling group",
                      "cohort": { "sha256": "%s", "least_cases": 20 },
                      "acceptance_criteria": [
                        { "id": "accuracy", "quantity": "tumour.volume", "against": "reference", "statistic": "mean",
                          "floor": 0.001, "at_most": 0.005, "subgroups": [ "slow", "fast", "small", "large" ] },
                        { "id": "equivalence", "quantity": "tumour.volume", "against": "current", "statistic": "maximum",
                          "floor": 0.001, "at_most": 0.02, "subgroups": [ ] } ],
                      "conformance_report": false,
                      "signatures": [ { "role": "regulatory", "meaning": "approval" },
                                      { "role": "clinical", "meaning": "review" } ],
                      "distinct_persons": true,
                      "post_conditions": [
                        { "id": "in-use", "quantity": "tumour.volume", "against": "current", "statistic": "maximum",
                          "floor": 0.001, "at_most": %s, "subgroups": [ ] } ],
                      "update_procedure": "Users are told by mail", "rollback_conditions": "A clinician asks for it" } ],
                  "impact_assessment": {
                    "risks": [ { "risk": "Volumes are wrong", "mitigation": "They are compared with closed forms" } ],
                    "cumulative_effect": "Each is compared with the truth", "most_changes": %d } }
                """;
        return String.format(
                Locale.ROOT,
                text,
                COMBINATION,
                supplier().sha256(),
                VirtualPatients.sha256(cohort().resolve("cohort.json")),
                MARGIN,
                mostChanges);
    }

    /** By how much the versions of the story may differ once in use. */
    static final double MARGIN = 0.002;

    /** A signed bundle of the test model. */
    Path bundle(String version, String method) throws Exception {
        return supplier().sign(ModelBundle.build(folder.resolveSibling("bundles"), version, method));
    }

    /** A signed bundle of the second plugin. */
    Path second(String version, String method) throws Exception {
        return supplier().sign(ModelBundle.second(folder.resolveSibling("bundles"), version, method));
    }

    // ---- Steps ----

    Change propose(String version, String method, String kind) throws Exception {
        return propose("simon", bundle(version, method), kind);
    }

    Change propose(String who, Path bundle, String kind) throws Exception {
        return site.changes()
                .propose(person(who).session(), COMBINATION, bundle, kind, "A version of the integrator", "accuracy");
    }

    Change verify(long number) throws Exception {
        return verify(number, cohort());
    }

    Change verify(long number, Path cohort) throws Exception {
        return site.changes().verify(person("rita").session(), number, cohort, progress -> {}, Cancellation.NEVER);
    }

    /** Signs with both components at first. */
    Change sign(long number, String who, Meaning meaning) {
        return site.changes().sign(person(who).session(), person(who).credentials(), number, meaning);
    }

    Change signAll(long number) {
        sign(number, "rita", Meaning.APPROVAL);
        return sign(number, "clara", Meaning.REVIEW);
    }

    /** Signs with the password, which is enough once a session has signed. */
    Change signAgain(long number) {
        site.changes().sign(person("rita").session(), person("rita").passwordOnly(), number, Meaning.APPROVAL);
        return site.changes().sign(person("clara").session(), person("clara").passwordOnly(), number, Meaning.REVIEW);
    }

    Change promote(long number) {
        return site.changes().promote(person("rita").session(), number, "it is better");
    }

    Study study(String name, int gate, int days, UpgradePolicy policy) throws IOException {
        Path file = folder.resolveSibling(name + ".json");
        Files.writeString(file, VirtualPatients.text(name, 2, 0.05, 100, days, 1, gate));
        return site.studies().start(person("simon").session(), COMBINATION, file, policy);
    }

    StudyReplay replay(long number) throws IOException {
        return site.studies().replay(person("clara").session(), number, (start, now, end) -> {}, Cancellation.NEVER);
    }

    // ---- What there is ----

    /** The file of a content. */
    Path content(String sha256) {
        return folder.resolve("contents").resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    RunningSite site() {
        return site;
    }

    /** Where its database is, if it is not in its folder. */
    Map<String, String> location() {
        return location;
    }

    Path folder() {
        return folder;
    }

    Person person(String name) {
        return people.get(name);
    }

    /** Version of the test model that studies would use. */
    String versionInUse() {
        return site.combinations().get(COMBINATION).plugins().get(0).plugin().version();
    }

    /** Entries of the trail with an action. */
    List<AuditEntry> audited(String action) {
        return site.trail().stream()
                .filter(entry -> entry.event().action().equals(action))
                .toList();
    }

    void open(UnaryOperator<Database> database) throws Exception {
        site = RunningSite.open(folder, location, database);
    }

    void reopen() throws Exception {
        site.close();
        open(database -> database);
    }

    @Override
    public void close() {
        if (site != null) {
            site.close();
        }
    }
}
