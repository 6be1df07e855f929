package org.oncotwin.api.toxicity;

import java.util.List;
import org.oncotwin.api.twin.Curve;

/**
 * Harm over time.
 *
 * @param curves what a laboratory would measure or a model computes on the way, such as neutrophils
 * @param events graded adverse events, sorted by time
 * @param remarks what a reader must know, a sentence each, such as drugs for which there are no numbers
 */
public record Toxicity(List<Curve> curves, List<AdverseEvent> events, List<String> remarks) {

    /** Makes the lists immutable. */
    public Toxicity {
        curves = List.copyOf(curves);
        events = List.copyOf(events);
        remarks = List.copyOf(remarks);
    }
}
