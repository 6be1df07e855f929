package org.oncotwin.tests.change.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A jar that somebody altered after it was signed. */
final class AlteredJar {

    private final Path file;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private AlteredJar(Path file) {
        this.file = file;
    }

    static AlteredJar of(Path jar) throws IOException {
        AlteredJar altered = new AlteredJar(jar.resolveSibling("altered-" + jar.getFileName()));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    altered.entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return altered;
    }

    /** Changes the content of the one entry whose name ends so. */
    AlteredJar change(String name, UnaryOperator<byte[]> how) {
        List<String> found =
                entries.keySet().stream().filter(entry -> entry.endsWith(name)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(name + " is in the jar as " + found);
        }
        entries.compute(found.get(0), (key, content) -> how.apply(content));
        return this;
    }

    AlteredJar add(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** True if both jars can be read and have the same entries but for the signature block. What is signed, and by whom, a block says only once; other bits of it may mean nothing. */
    static boolean readsAs(Path jar, Path other) throws IOException {
        Map<String, byte[]> wanted = of(other).entries;
        Map<String, byte[]> found;
        try {
            found = of(jar).entries;
        } catch (IOException | IllegalArgumentException damaged) {
            return false;
        }
        String block = "META-INF/SUPPLIER.EC";
        wanted.remove(block);
        found.remove(block);
        return found.keySet().equals(wanted.keySet())
                && wanted.keySet().stream().allMatch(name -> Arrays.equals(wanted.get(name), found.get(name)));
    }

    /** Flips the lowest bit of the byte in the middle. */
    static byte[] flipped(byte[] content) {
        byte[] changed = content.clone();
        changed[content.length / 2] ^= 1;
        return changed;
    }

    Path write() throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    /** Writes the jar with an entry twice, which libraries refuse to write: the second gets a name of the same length, which is then replaced in the bytes. */
    Path writeTwice(String name, byte[] other) throws IOException {
        String placeholder = "#".repeat(name.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            List<Map.Entry<String, byte[]>> all = new ArrayList<>(entries.entrySet());
            all.add(Map.entry(placeholder, other));
            for (Map.Entry<String, byte[]> one : all) {
                ZipEntry entry = new ZipEntry(one.getKey());
                CRC32 crc = new CRC32();
                crc.update(one.getValue());
                entry.setCrc(crc.getValue());
                entry.setSize(one.getValue().length);
                zip.putNextEntry(entry);
                zip.write(one.getValue());
            }
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1).replace(placeholder, name);
        return Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
