package org.oncotwin.tests.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the guide that goes through a generated project.
 *
 * @param properties what its command for generating the project sets, by name
 * @param files content of each file that it shows, by path
 */
record GuidePage(Map<String, String> properties, Map<String, String> files) {

    private static final Pattern FILE = Pattern.compile("(?s)`([^`\n]+)`:\n\n```[a-z]+\n(.*?)```\n");
    private static final Pattern GENERATE = Pattern.compile("(?s)```sh\n([^`]*?:generate .*?)```\n");
    private static final Pattern PROPERTY = Pattern.compile("-D(\\w+)=(?:\"([^\"]*)\"|(\\S+))");

    static GuidePage read(Path page) throws IOException {
        String text = Files.readString(page);
        Map<String, String> files = new LinkedHashMap<>();
        for (Matcher file = FILE.matcher(text); file.find(); ) {
            files.put(file.group(1), file.group(2));
        }
        Matcher generate = GENERATE.matcher(text);
        if (!generate.find()) {
            throw new IOException(page.getFileName() + " has no command that generates a project");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (Matcher property = PROPERTY.matcher(generate.group(1)); property.find(); ) {
            properties.put(property.group(1), property.group(2) == null ? property.group(3) : property.group(2));
        }
        return new GuidePage(properties, files);
    }
}
