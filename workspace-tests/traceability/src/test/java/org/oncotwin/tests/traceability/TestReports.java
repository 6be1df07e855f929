package org.oncotwin.tests.traceability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What Surefire and Failsafe wrote of the tests of one module. */
final class TestReports {

    private static final List<String> FOLDERS = List.of("surefire-reports", "failsafe-reports");

    private record Key(String className, String method) {}

    private final Map<Key, List<Result>> results = new HashMap<>();
    private final Map<String, FileTime> written = new HashMap<>();

    private TestReports() {}

    /**
     * Reads the reports under a folder.
     *
     * @param target the folder that a module is built into
     */
    static TestReports read(Path target) throws IOException {
        TestReports reports = new TestReports();
        for (String folder : FOLDERS) {
            if (Files.isDirectory(target.resolve(folder))) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(target.resolve(folder), "TEST-*.xml")) {
                    for (Path file : files) {
                        reports.add(file);
                    }
                }
            }
        }
        return reports;
    }

    /**
     * Result of a method of a class.
     *
     * @param className binary name of the class that was run, which may have inherited the method
     * @param method name without parameters
     * @param compiled when the class was compiled; what was reported before counts as not run
     */
    Result result(String className, String method, FileTime compiled) {
        FileTime time = written.get(className);
        if (time == null || time.compareTo(compiled) < 0) {
            return Result.NOT_RUN;
        }
        List<Result> invocations = results.get(new Key(className, method));
        // What happens before or after all tests of a class is reported under the name of the class or none.
        List<Result> ofTheClass = new ArrayList<>(results.getOrDefault(new Key(className, ""), List.of()));
        ofTheClass.addAll(results.getOrDefault(new Key(className, className), List.of()));
        if (invocations == null) {
            return Result.of(ofTheClass);
        }
        List<Result> all = new ArrayList<>(invocations);
        ofTheClass.stream().filter(result -> result.outcome() == Outcome.FAILED).forEach(all::add);
        return Result.of(all);
    }

    private void add(Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FileTime time = Files.getLastModifiedTime(file);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("testcase")) {
                    String className = xml.getAttributeValue(null, "classname");
                    String name = xml.getAttributeValue(null, "name");
                    written.merge(className, time, (one, other) -> one.compareTo(other) > 0 ? one : other);
                    results.computeIfAbsent(
                                    new Key(className, name.replaceFirst("[(\\[{ ].*", "")), key -> new ArrayList<>())
                            .add(result(xml));
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(file.getFileName() + " is no report of tests", e);
        }
    }

    private static Result result(XMLStreamReader xml) throws XMLStreamException {
        Result result = Result.of(Outcome.PASSED, "");
        while (!(xml.next() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals("testcase"))) {
            if (xml.isStartElement()) {
                switch (xml.getLocalName()) {
                    case "skipped" -> result = Result.of(Outcome.SKIPPED, reason(xml));
                    case "failure", "error" -> result = Result.of(Outcome.FAILED, reason(xml));
                    default -> {}
                }
            }
        }
        return result;
    }

    /** The message, or else the first line of what is within; without the class of the exception. */
    private static String reason(XMLStreamReader xml) throws XMLStreamException {
        String message = xml.getAttributeValue(null, "message");
        String text = message == null || message.isBlank() ? xml.getElementText() : message;
        return text.strip()
                .lines()
                .findFirst()
                .orElse("no reason given")
                .replaceFirst("^org\\.opentest4j\\.TestAbortedException: (Assumption failed: )?", "");
    }
}
