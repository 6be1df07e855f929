package org.oncotwin.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.oncotwin.api.plugin.InvalidInputException;
import org.oncotwin.guidance.RigidRegistration;

/** The fiducials by which a tracker and an image are registered. */
final class FiducialFile {
    private static final String FIELD = "--fiducials";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private FiducialFile() {}

    /**
     * The file.
     *
     * @param fiducials the points
     * @param localisationError root mean square error of localising one in mm; 0 or left out to estimate it from the fit
     */
    private record Document(
            @JsonProperty(required = true) List<Fiducial> fiducials,
            @JsonProperty("localisation_error") double localisationError) {}

    /**
     * A point.
     *
     * @param name what it is, for people
     * @param tracked where the tracker sees it, in mm
     * @param image where it is in the image, in mm, RAS+
     */
    private record Fiducial(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) double[] tracked,
            @JsonProperty(required = true) double[] image) {}

    static RigidRegistration read(Path file) throws IOException {
        Document document;
        try {
            document = JSON.readValue(Files.readAllBytes(file), Document.class);
        } catch (NoSuchFileException missing) {
            throw new InvalidInputException(FIELD, "there is no file " + file.getFileName());
        } catch (JsonMappingException wrong) {
            throw refused("is not as it should be" + where(wrong));
        } catch (JsonProcessingException malformed) {
            throw refused("is not JSON: " + malformed.getOriginalMessage() + " in line "
                    + malformed.getLocation().getLineNr());
        }
        double[] tracked = new double[3 * document.fiducials.size()];
        double[] image = new double[tracked.length];
        for (int n = 0; n < document.fiducials.size(); n++) {
            Fiducial fiducial = document.fiducials.get(n);
            if (fiducial == null || fiducial.tracked.length != 3 || fiducial.image.length != 3) {
                throw new InvalidInputException(
                        FIELD, "point " + (n + 1) + " has not three coordinates in both frames");
            }
            System.arraycopy(fiducial.tracked, 0, tracked, 3 * n, 3);
            System.arraycopy(fiducial.image, 0, image, 3 * n, 3);
        }
        try {
            return RigidRegistration.of(tracked, image, document.localisationError);
        } catch (InvalidInputException refused) {
            throw refused.within(FIELD);
        }
    }

    private static String where(JsonMappingException wrong) {
        String place = wrong.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : "." + part.getFieldName())
                .collect(Collectors.joining());
        return place.isEmpty() ? "" : " at " + place.replaceFirst("^\\.", "");
    }

    private static InvalidInputException refused(String why) {
        return new InvalidInputException(
                FIELD,
                why
                        + "; needed is {\"fiducials\": [{\"name\": ..., \"tracked\": [x, y, z], \"image\": [x, y, z]}, ...], \"localisation_error\": mm}");
    }
}
