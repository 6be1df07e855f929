package org.oncotwin.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEntry;
import org.oncotwin.api.audit.AuditEvent;

/** Goes through entries and heads side by side, both in order, and gathers what is wrong. */
final class Verification {

    /** More would not be read by anybody. */
    private static final int MOST_FAULTS = 1000;

    private final List<String> faults = new ArrayList<>();
    private final TreeMap<Long, List<Head>> keptElsewhere = new TreeMap<>();
    private long entries;
    private long anchors;
    private long expected;
    private AuditEntry before;
    private Optional<HeadReader> reader = Optional.empty();
    private Optional<Head> head = Optional.empty();

    private Verification(long first) {
        expected = first;
    }

    /** Of a trail from its first entry on. */
    static Verification whole(List<Head> keptElsewhere) {
        Verification verification = new Verification(1);
        for (Head kept : keptElsewhere) {
            verification
                    .keptElsewhere
                    .computeIfAbsent(kept.number(), number -> new ArrayList<>())
                    .add(kept);
        }
        return verification;
    }

    /** Of what follows a head; the first entry handed in is the one of the head itself, if there is one. */
    static Verification after(Head head) {
        Verification verification = new Verification(Math.max(head.number(), 1));
        verification.head = head.number() > 0 ? Optional.of(head) : Optional.empty();
        return verification;
    }

    void heads(HeadReader file) throws IOException {
        reader = Optional.of(file);
        head = file.next();
    }

    void entry(AuditEntry entry) {
        entries++;
        long number = entry.number();
        boolean follows = number == expected;
        if (number > expected) {
            fault(
                    number == expected + 1
                            ? "entry " + expected + " is missing"
                            : "entries " + expected + " to " + (number - 1) + " are missing");
        } else if (number < expected) {
            fault("entry " + number + " is one too many: " + expected + " was to come");
        }
        compareWithHeads(entry);
        checkContent(entry, follows);
        expected = Math.max(expected, number) + 1;
        before = entry;
    }

    private void checkContent(AuditEntry entry, boolean follows) {
        AuditEvent event = entry.event();
        if (Stream.of(
                        event.actor(),
                        event.action(),
                        event.subject(),
                        event.before(),
                        event.after(),
                        event.reason(),
                        entry.previous(),
                        entry.hash())
                .anyMatch(text -> text == null)) {
            fault("entry " + entry.number() + " lacks a value");
            return;
        }
        if (!hashOf(entry).equals(entry.hash())) {
            fault("entry " + entry.number() + " was changed: its hash is not that of its content");
        }
        if (before == null) {
            if (entry.number() == 1 && !entry.previous().equals(EntryHash.NONE)) {
                fault("entry 1 is bound to an entry before it, which there never was");
            }
            return;
        }
        if (follows && !entry.previous().equals(before.hash())) {
            fault("entry " + entry.number() + " is not bound to entry " + before.number() + " as it is now");
        }
        if (entry.time().isBefore(before.time())) {
            fault("entry " + entry.number() + " is of " + entry.time() + ", before that of entry " + before.number()
                    + ", " + before.time());
        }
    }

    private static String hashOf(AuditEntry entry) {
        try {
            return EntryHash.of(entry);
        } catch (UncheckedIOException notText) {
            return "";
        }
    }

    private void compareWithHeads(AuditEntry entry) {
        while (head.isPresent() && head.get().number() <= entry.number()) {
            compare(head.get(), entry, HeadFile.NAME);
            head = following();
        }
        while (!keptElsewhere.isEmpty() && keptElsewhere.firstKey() <= entry.number()) {
            keptElsewhere.pollFirstEntry().getValue().forEach(kept -> compare(kept, entry, "a head kept elsewhere"));
        }
    }

    private void compare(Head kept, AuditEntry entry, String where) {
        anchors++;
        if (kept.number() == 0) {
            return;
        }
        if (kept.number() != entry.number()) {
            fault("entry " + kept.number() + " is missing, but " + where + " has its head of " + kept.time());
        } else if (!kept.hash().equals(entry.hash()) || !kept.time().equals(entry.time())) {
            fault("entry " + entry.number() + " is not the one that " + where + " has the head of, of " + kept.time());
        }
    }

    private Optional<Head> following() {
        try {
            return reader.isPresent() ? reader.get().next() : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What is left of the heads has no entries. */
    void end() {
        long cut = 0;
        while (head.isPresent()) {
            anchors++;
            cut = Math.max(cut, head.get().number());
            head = following();
        }
        if (cut > 0) {
            fault("the trail ends with entry " + (expected - 1) + ", but " + HeadFile.NAME + " has the head of entry "
                    + cut + ": its tail was cut off");
        }
        for (List<Head> left : keptElsewhere.values()) {
            for (Head kept : left) {
                anchors++;
                if (kept.number() > 0) {
                    fault("the trail ends with entry " + (expected - 1) + ", but a head kept elsewhere is of entry "
                            + kept.number() + ": its tail was cut off");
                }
            }
        }
        keptElsewhere.clear();
    }

    void fault(String what) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(what);
        } else if (faults.size() == MOST_FAULTS) {
            faults.add("and more than " + MOST_FAULTS + " others");
        }
    }

    List<String> faults() {
        return faults;
    }

    long entries() {
        return entries;
    }

    AuditCheck result() {
        return new AuditCheck(
                entries, anchors, before == null || before.hash() == null ? EntryHash.NONE : before.hash(), faults);
    }
}
