package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncotwin.api.change.Change;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.tests.change.control.ControlledSite.Stage;
import org.oncotwin.tests.change.control.verhulst.VerhulstGrowth;

/** Several changes that are open at a time, and those that something came between. */
@Tag("SR-1108")
@Tag("SR-1110")
final class OpenChangesIT {

    /** What was found with the plugins of before says nothing of the plugins of now. */
    @Test
    void aChangeVerifiedBeforeAnotherCameIntoUse() throws Exception {
        try (ControlledSite site = ControlledSite.madeWithSecond()) {
            site.propose("1.1.0", ModelBundle.BETTER, "numerical-method");
            site.propose("simon", site.second("1.1.0", ModelBundle.BETTER), "second-method");
            site.verify(1);
            site.verify(2);
            site.signAll(1);
            site.signAgain(2);
            assertThat(site.promote(1).state()).isEqualTo(ChangeState.ACCEPTED);
            assertThatThrownBy(() -> site.promote(2))
                    .isInstanceOf(ChangeRefusedException.class)
                    .hasMessageContaining("uses [verhulst 1.1.0, second 1.0.0] now")
                    .hasMessageContaining("was verified with [verhulst 1.0.0, second 1.0.0]; verify and sign it again");
            assertThat(site.verify(2).state()).isEqualTo(ChangeState.VERIFIED);
            assertThat(site.signAgain(2).missing()).isEmpty();
            assertThat(site.promote(2).state()).isEqualTo(ChangeState.ACCEPTED);
        }
    }

    // ---- Versions that fail ----

    private static Stream<Throwable> failures() {
        return Stream.of(
                new NoClassDefFoundError("gone/Missing"),
                new AssertionError("never so"),
                new StackOverflowError(),
                new IllegalStateException("zero \0, half \ud800 and a long text" + " and more".repeat(200_000)));
    }

    /** Whatever a version throws once it is in use, and whatever it says with it, it is taken back. */
    @ParameterizedTest
    @MethodSource("failures")
    void aVersionThatFailsOnceItIsInUse(Throwable failure) throws Exception {
        try (ControlledSite site = ControlledSite.at(Stage.INSTALLED)) {
            site.propose("1.1.0", ModelBundle.FRAGILE, "numerical-method");
            site.verify(1);
            site.signAll(1);
            System.getProperties().put(VerhulstGrowth.FAILURE, failure);
            Change back = site.promote(1);
            assertThat(back.state()).isEqualTo(ChangeState.ROLLED_BACK);
            assertThat(back.message()).startsWith("a post-condition cannot be checked: ");
            assertThat(site.versionInUse()).isEqualTo("1.0.0");
            assertThat(site.site().audit().verify().faults()).isEmpty();
        } finally {
            System.getProperties().remove(VerhulstGrowth.FAILURE);
        }
    }
}
