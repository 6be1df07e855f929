package org.oncotwin.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.oncotwin.api.simulation.Checkpoint;
import org.oncotwin.api.simulation.PluginWithdrawnException;
import org.oncotwin.api.simulation.RunListener;

/** Keeps the last safe point of a run, for the case that it is stopped. */
final class CheckpointKeeper implements RunListener {
    private Supplier<Checkpoint> last;

    @Override
    public void safePoint(Supplier<Checkpoint> checkpoint) {
        last = checkpoint;
    }

    /** Saves the last safe point of a run that was stopped. A failure to save is said, and does not hide why the run was stopped. */
    void save(CheckpointFile file, Exception stopped, Console console) {
        Optional<Checkpoint> known =
                stopped instanceof PluginWithdrawnException w && w.checkpoint().isPresent()
                        ? w.checkpoint()
                        : Optional.ofNullable(last).map(Supplier::get);
        if (known.isEmpty()) {
            console.say("no checkpoint was written: the run had not come to a safe point yet");
            return;
        }
        try {
            file.write(known.get());
            console.say("wrote the checkpoint of " + known.get().state().time() + " to " + file.name());
        } catch (IOException failed) {
            console.say("the checkpoint could not be written to " + file.name());
        }
    }
}
