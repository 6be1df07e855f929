package org.oncotwin.tests.change.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.change.ChangeRefusedException;
import org.oncotwin.api.change.ChangeState;

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
}
