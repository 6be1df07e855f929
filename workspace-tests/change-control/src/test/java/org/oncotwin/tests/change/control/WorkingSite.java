package org.oncotwin.tests.change.control;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oncotwin.api.account.Meaning;
import org.oncotwin.api.account.Signature;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.change.Study;
import org.oncotwin.api.change.StudyState;
import org.oncotwin.api.change.UpgradePolicy;
import org.oncotwin.api.plugin.InvalidInputException;

/**
 * A process that opens a site, says what it finds, and then goes through the workflow again and again while studies run, until it is killed. It says what it begins, and whatever is
 * done, which from then on must not be lost. Lines end with a full stop, so that half a line is known as such.
 */
final class WorkingSite {

    static final int DAYS = 400;

    /** Versions by number: each fourth fails its post-condition, and each fourth is taken back by hand. */
    static String method(long number) {
        if (number == 0) {
            return ModelBundle.COARSE;
        }
        if (number % 4 == 3) {
            return ModelBundle.BIASED;
        }
        return "method=runge-kutta\nstep=" + (number % 2 == 0 ? "0.1" : "0.125") + "\n";
    }

    /** Version of a number. */
    static String version(long number) {
        return "1." + number + ".0";
    }

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final ControlledSite site;
    private final Path bundles;

    private WorkingSite(ControlledSite site, Path bundles) {
        this.site = site;
        this.bundles = bundles;
    }

    /** With the folder of the site, that of the bundles, names and tokens, an empty word, and keys and values of where its database is. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        int end = words.indexOf("");
        Map<String, String> tokens = pairs(words.subList(2, end));
        Map<String, String> location = pairs(words.subList(end + 1, words.size()));
        try {
            WorkingSite working = new WorkingSite(
                    ControlledSite.open(Path.of(arguments[0]), location, tokens), Path.of(arguments[1]));
            working.found();
            working.work();
        } catch (Exception | Error broken) {
            broken.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new HashMap<>();
        for (int n = 0; n < words.size(); n += 2) {
            pairs.put(words.get(n), words.get(n + 1));
        }
        return pairs;
    }

    private synchronized void say(String words) {
        out.write((words + " .\n").getBytes(StandardCharsets.UTF_8), 0, words.length() + 3);
        out.flush();
    }

    private static String words(Change change) {
        return "change " + change.number() + " " + change.state() + " "
                + change.signatures().size();
    }

    private static String words(Study study) {
        return "study " + study.number() + " " + study.state() + " "
                + study.reached().days() + " " + study.result().orElse("-");
    }

    /** How the site stands when it is opened. */
    private void found() {
        site.site().changes().all().forEach(change -> say("is " + words(change)));
        site.site().studies().all().forEach(study -> say("is " + words(study)));
        site.site().audit().verify().faults().forEach(fault -> say("fault " + fault));
        site.site().signatures().verify().forEach(fault -> say("fault " + fault));
        say("open");
    }

    private void work() throws Exception {
        Thread reporter = new Thread(this::report, "reporter");
        reporter.setDaemon(true);
        reporter.start();
        while (true) {
            keepStudiesRunning();
            step();
        }
    }

    /** What a study says that it has reached is acknowledged. */
    private void report() {
        Map<Long, String> last = new HashMap<>();
        while (true) {
            for (Study study : site.site().studies().all()) {
                String words = words(study);
                if (!words.equals(last.put(study.number(), words))) {
                    say("did " + words);
                }
            }
            Waiting.aMoment();
        }
    }

    private void keepStudiesRunning() throws Exception {
        for (Study study : site.site().studies().all()) {
            if (study.state() == StudyState.PAUSED) {
                say("doing resume");
                site.site().studies().resume(site.person("simon").session(), study.number(), "it goes on");
            }
        }
        keepRunning(UpgradePolicy.PIN, 1);
        keepRunning(UpgradePolicy.MIGRATE, 2);
    }

    private void keepRunning(UpgradePolicy policy, int wanted) throws Exception {
        long there = site.site().studies().all().stream()
                .filter(study -> study.policy() == policy && study.state() == StudyState.RUNNING)
                .count();
        for (long n = there; n < wanted; n++) {
            say("doing start");
            say("did " + words(site.study("study", 0, DAYS, policy)));
        }
    }

    private void step() throws Exception {
        List<Change> all = site.site().changes().all();
        Change last = all.get(all.size() - 1);
        long number = last.number();
        Change done =
                switch (last.state()) {
                    case PROPOSED -> {
                        say("doing verify");
                        yield site.verify(number);
                    }
                    case VERIFIED -> agreed(last);
                    case ACCEPTED -> {
                        if (number > 1 && number % 4 == 1) {
                            say("doing rollback");
                            yield site.site()
                                    .changes()
                                    .rollBack(site.person("rita").session(), number, "as a trial");
                        }
                        yield proposed(number + 1);
                    }
                    case ROLLED_BACK -> proposed(number + 1);
                    case FAILED, PROMOTING, WATCHING, ROLLING_BACK ->
                        throw new IllegalStateException(last + " was to go on when the site was opened");
                };
        say("did " + words(done));
        if (done.state() == ChangeState.PROPOSED) {
            pauseOne();
        }
    }

    private Change proposed(long number) throws Exception {
        say("doing propose");
        Path bundle = bundles.resolve(ModelBundle.NAME + "-" + version(number) + ".jar");
        return site.propose("simon", bundle, "numerical-method");
    }

    private Change agreed(Change change) {
        List<Meaning> given =
                change.signatures().stream().map(Signature::meaning).toList();
        for (Meaning meaning : List.of(Meaning.APPROVAL, Meaning.REVIEW)) {
            if (!given.contains(meaning)) {
                Person person = site.person(meaning == Meaning.APPROVAL ? "rita" : "clara");
                say("doing sign");
                return site.site().changes().sign(person.session(), person.passwordOnly(), change.number(), meaning);
            }
        }
        say("doing promote");
        return site.promote(change.number());
    }

    private void pauseOne() {
        Optional<Study> running = site.site().studies().all().stream()
                .filter(study -> study.state() == StudyState.RUNNING)
                .findFirst();
        if (running.isPresent()) {
            say("doing pause");
            long number = running.get().number();
            try {
                site.site().studies().pause(site.person("simon").session(), number, "for a moment");
            } catch (InvalidInputException late) {
                // It may have come to its end meanwhile.
                if (site.site().studies().get(number).state() != StudyState.FINISHED) {
                    throw late;
                }
            }
        }
    }
}
