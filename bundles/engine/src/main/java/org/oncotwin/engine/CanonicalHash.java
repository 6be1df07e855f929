package org.oncotwin.engine;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.oncotwin.api.pharmacokinetics.Drug;
import org.oncotwin.api.simulation.CourseChoice;
import org.oncotwin.api.simulation.ModelChoice;
import org.oncotwin.api.simulation.Pharmacology;
import org.oncotwin.api.simulation.SimulationRequest;
import org.oncotwin.api.twin.Anatomy;
import org.oncotwin.api.twin.LabelField;
import org.oncotwin.api.twin.Mask;
import org.oncotwin.api.twin.NoiseModel;
import org.oncotwin.api.twin.Observation;
import org.oncotwin.api.twin.Setting;
import org.oncotwin.api.twin.SimulationTime;
import org.oncotwin.api.twin.State;
import org.oncotwin.api.twin.TensorField;

/** SHA-256 of states and requests: equal contents give equal hashes, on any machine. */
final class CanonicalHash {

    private final DataOutputStream out;
    private final StateEncoder encoder;

    private CanonicalHash(DataOutputStream out) {
        this.out = out;
        this.encoder = new StateEncoder(out);
    }

    private interface Content {
        void writeTo(CanonicalHash hash) throws IOException;
    }

    /** Hash of a state. */
    static String of(State state) {
        return hash(h -> h.encoder.write(state));
    }

    /** Hash of a course. */
    static String of(CourseChoice course) {
        return hash(h -> h.write(course));
    }

    /** Hash of everything in a request that determines the result, plugins by id: which versions and solvers ran is said beside it, so that an upgraded plugin can go on from a checkpoint. */
    static String of(SimulationRequest request) {
        return hash(h -> h.write(request));
    }

    private static String hash(Content content) {
        DigestOutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), Hashes.sha256());
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(digest))) {
            content.writeTo(new CanonicalHash(out));
            out.flush();
            return Hashes.hexadecimal(digest.getMessageDigest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(SimulationRequest r) throws IOException {
        text("oncotwin request 2");
        text(r.name());
        out.writeLong(r.seed());
        write(r.setting());
        text(r.growth().model().id());
        numbers(r.growth().parameters());
        out.writeInt(r.growth().initial().size());
        for (Observation observation : r.growth().initial()) {
            write(observation);
        }

        write(r.growth().largestStep());
        out.writeInt(r.courses().size());
        for (CourseChoice course : r.courses()) {
            write(course);
        }
        text(r.calendar().startDate().map(Object::toString).orElse(""));
        out.writeLong(r.start().milliseconds());
        out.writeLong(r.end().milliseconds());
        out.writeInt(r.outputs().size());
        for (SimulationTime output : r.outputs()) {
            out.writeLong(output.milliseconds());
        }
        write(r.relativeTolerance());
        if (!r.pharmacology().equals(Pharmacology.NONE)) {
            write(r.pharmacology());
        }
    }

    /** Which pharmacokinetic model computes is said beside it, as with solvers, so that a run can go on with another. */
    private void write(Pharmacology pharmacology) throws IOException {
        out.writeInt(pharmacology.drugs().size());
        for (Drug drug : pharmacology.drugs().values()) {
            write(drug);
        }
        numbers(pharmacology.pharmacokinetics().map(ModelChoice::parameters).orElseGet(TreeMap::new));
        out.writeInt(pharmacology.toxicities().size());
        for (ModelChoice toxicity : pharmacology.toxicities()) {
            text(toxicity.model().id());
            numbers(toxicity.parameters());
        }
    }

    /** By its words: records write themselves with all that they hold, maps sorted, numbers to the last digit. */
    private void write(Drug drug) throws IOException {
        text(drug.toString());
    }

    private void write(CourseChoice course) throws IOException {
        text(course.modality().id());
        out.writeLong(course.start().milliseconds());
        numbers(course.parameters());
        numbers(course.inputs().numbers());
        texts(course.inputs().choices());
        out.writeInt(course.inputs().images().size());
        for (var image : course.inputs().images().entrySet()) {
            text(image.getKey());
            encoder.write(image.getValue());
        }
    }

    private void write(Setting setting) throws IOException {
        out.writeBoolean(setting.anatomy().isPresent());
        if (setting.anatomy().isPresent()) {
            write(setting.anatomy().get());
        }
        numbers(setting.covariates());
        texts(setting.markers());
    }

    private void write(Anatomy anatomy) throws IOException {
        Mask domain = anatomy.domain();
        encoder.write(domain.grid());
        for (int i = 0; i < domain.grid().size(); i++) {
            out.writeBoolean(domain.contains(i));
        }
        out.writeBoolean(anatomy.tissue().isPresent());
        if (anatomy.tissue().isPresent()) {
            LabelField tissue = anatomy.tissue().get();
            out.write(tissue.toArray());
            for (Map.Entry<String, Integer> name : tissue.names().entrySet()) {
                text(name.getKey());
                out.writeInt(name.getValue());
            }
        }
        out.writeBoolean(anatomy.diffusionTensors().isPresent());
        if (anatomy.diffusionTensors().isPresent()) {
            TensorField tensors = anatomy.diffusionTensors().get();
            for (int component = 0; component < TensorField.COMPONENTS; component++) {
                for (int i = 0; i < domain.grid().size(); i++) {
                    out.writeDouble(tensors.value(component, i));
                }
            }
        }
    }

    private void write(Observation observation) throws IOException {
        encoder.write(observation.quantity());
        out.writeLong(observation.time().milliseconds());
        NoiseModel noise = observation.noise();
        text(noise.kind().name());
        out.writeDouble(noise.standardDeviation());
        if (observation instanceof Observation.Scalar scalar) {
            out.writeDouble(scalar.value());
        } else if (observation instanceof Observation.Image image) {
            encoder.write(image.value());
        }
    }

    /** Of any length, unlike {@link DataOutputStream#writeUTF}. */
    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void write(OptionalDouble number) throws IOException {
        out.writeBoolean(number.isPresent());
        out.writeDouble(number.orElse(0));
    }

    private void numbers(Map<String, Double> numbers) throws IOException {
        out.writeInt(numbers.size());
        for (Map.Entry<String, Double> number : numbers.entrySet()) {
            text(number.getKey());
            out.writeDouble(number.getValue());
        }
    }

    private void texts(Map<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            text(text.getKey());
            text(text.getValue());
        }
    }
}
