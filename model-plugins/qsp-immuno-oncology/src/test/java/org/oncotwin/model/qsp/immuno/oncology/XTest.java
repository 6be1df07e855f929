package org.oncotwin.model.qsp.immuno.oncology;

import java.util.*;
import org.junit.jupiter.api.Test;
import org.oncotwin.api.effect.*;
import org.oncotwin.api.plugin.*;
import org.oncotwin.api.solver.*;
import org.oncotwin.api.twin.*;

class XTest {
    @Test
    void go() {
        QspImmunoOncologyContractTest c = new QspImmunoOncologyContractTest();
        Effects cont = Effects.none(), inst = Effects.none();
        for (var e : c.typicalEffects().entrySet())
            if (e.getKey().timing() == EffectPort.Timing.CONTINUOUS)
                cont = Effects.combine(List.of(cont, e.getValue()));
            else inst = Effects.combine(List.of(inst, e.getValue()));
        double tol = Double.parseDouble(System.getenv("QTOL"));
        for (ParameterDescription p : QspParameter.descriptions())
            for (double b : new double[] {p.minimum(), p.maximum()}) {
                long t0 = System.nanoTime(), t1 = 0;
                String r = "";
                State s = null;
                boolean tr = false;
                try {
                    Tumour t = Tumour.of(Map.of(p.name(), b), tol);
                    s = t.start(14);
                    State st = s;
                    t1 = System.nanoTime();
                    for (int i = 1; i <= 10; i++) s = t.advance(s, 365 * i, Effects.none());
                    s = st;
                    tr = true;
                    for (int i = 1; i <= 10; i++) {
                        s = t.advance(s, 365 * i, cont);
                        s = s.with(t.process().respond(s, inst));
                    }
                    r = "ok";
                } catch (InvalidInputException x) {
                    r = "REFUSED" + x.getMessage();
                } catch (RuntimeException x) {
                    r = "FAIL " + tr + x.getMessage();
                    StringBuilder q = new StringBuilder();
                    for (Species z : Species.values()) q.append(z + "=" + Tumour.amount(s, z) + " ");
                    r += "\nXX " + s.time() + q;
                }
                System.out.printf(
                        "XX %.2f %.2f s %s=%s %s%n", (t1 - t0) / 1e9, (System.nanoTime() - t1) / 1e9, p.name(), b, r);
            }
    }
}
