package org.oncotwin.guide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Runs {@code docs/stories/hot-upgrade.sh}, which checks what it says, and sees that it went the whole way. */
class HotUpgradeStoryIT {

    @Test
    void theStoryHoldsFromTheArchetypeToTheAuditTrail() throws Exception {
        String story = Reader.named("hot-upgrade").tell("docs/stories/hot-upgrade.sh");

        assertThat(story)
                .containsSubsequence(
                        "Version 1.0, with a coarse integrator, is built, conformant and signed by the group.",
                        "volumetry revision 1",
                        "In shadow, seen by no study, both versions computed the cohort",
                        "signatures are missing: approval by somebody with the role regulatory",
                        "signed by Rita Brandt",
                        "signed by Clara Lindt",
                        "Version 1.1 is in use, and all four studies run on",
                        "Study 2, pinned, has all ",
                        "every bit is that of a run without an upgrade",
                        "Study 3, pinned, has all ",
                        "Study 4, migrated, has all ",
                        "Study 5, migrated, has all ",
                        "Version 1.2, which is less accurate, is refused by the protocol.",
                        "Version 1.3, which keeps another quantity, is refused by the plan.",
                        "it is taken back by itself.",
                        "the class loader of version 1.0 was collected",
                        "A study from before the change is reproduced bit for bit",
                        "nothing is wrong",
                        "Every step and every refusal is in the audit trail",
                        "The story is told: everything in it held.")
                .doesNotContain("This does not hold", "the quick brown fox");
    }
}
