package org.oncotwin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncotwin.api.store.StoreException;

class ContentFolderTest {

    /** FIPS 180-4 example: SHA-256 of "abc". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path site;

    private ContentFolder contents;

    @BeforeEach
    void open() {
        contents = new ContentFolder(() -> site);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Path place(String sha256) {
        return site.resolve("contents").resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(site.resolve("contents/unfinished"))) {
            return files.toList();
        }
    }

    @Tag("SR-1403")
    @Test
    void keepsAContentUnderItsHash() throws IOException {
        assertThat(contents.contains(ABC)).isFalse();
        assertThat(contents.put(stream("abc"))).isEqualTo(ABC);
        assertThat(contents.put(stream("abc"))).isEqualTo(ABC);
        assertThat(contents.contains(ABC)).isTrue();
        assertThat(contents.file(ABC)).isEqualTo(place(ABC)).hasContent("abc");
        try (InputStream content = contents.open(ABC)) {
            assertThat(content.readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("abc");
        }
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void keepsNothingAndLargeThings() throws IOException {
        byte[] large = new byte[3_000_001];
        large[1_234_567] = 1;
        for (byte[] bytes : List.of(new byte[0], large)) {
            String sha256 = contents.put(new ByteArrayInputStream(bytes));
            try (InputStream content = contents.open(sha256)) {
                assertThat(content.readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void saysThatAContentIsNotThere() {
        assertThatThrownBy(() -> contents.open(ABC))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining(ABC);
        assertThatThrownBy(() -> contents.file(ABC))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining(ABC);
    }

    @Tag("SR-1403")
    @ParameterizedTest
    @ValueSource(strings = {"abd", "ab", "abcd", ""})
    void findsAContentThatWasChangedAndKeepsItAnew(String changed) throws IOException {
        contents.put(stream("abc"));
        Files.writeString(place(ABC), changed);
        assertThatThrownBy(() -> contents.file(ABC))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was changed");
        try (InputStream content = contents.open(ABC)) {
            assertThatThrownBy(content::readAllBytes)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("was changed");
        }
        try (InputStream content = contents.open(ABC)) {
            assertThatThrownBy(() -> content.skip(100)).isInstanceOf(StoreException.class);
        }
        try (InputStream content = contents.open(ABC)) {
            for (int i = 0; i < changed.length(); i++) {
                assertThat(content.read()).isEqualTo(changed.charAt(i));
            }
            assertThatThrownBy(content::read).isInstanceOf(StoreException.class);
        }
        contents.put(stream("abc"));
        assertThat(contents.file(ABC)).hasContent("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../../../../etc/passwd",
                "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
                "ba/../bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void takesHashesForNamesAndNothingElse(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> contents.contains(name));
        assertThatIllegalArgumentException().isThrownBy(() -> contents.open(name));
        assertThatIllegalArgumentException().isThrownBy(() -> contents.file(name));
    }

    @Tag("SR-1403")
    @Test
    @EnabledOnOs(OS.LINUX)
    void aLinkInPlaceOfAContentIsNoContent() throws IOException {
        Files.createDirectories(place(ABC).getParent());
        Files.createSymbolicLink(place(ABC), Files.writeString(site.resolve("elsewhere"), "abc"));
        assertThat(contents.contains(ABC)).isFalse();
        assertThatThrownBy(() -> contents.open(ABC)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> contents.file(ABC)).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void manyWritersOfOneContentDoNotDisturbEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String text = "content ".repeat(5000) + i % 4;
                tasks.add(() -> contents.put(stream(text)));
            }
            HashSet<String> hashes = new HashSet<>();
            for (Future<String> future : threads.invokeAll(tasks)) {
                hashes.add(future.get());
            }
            assertThat(hashes).hasSize(4);
            for (String sha256 : hashes) {
                assertThat(contents.file(sha256)).hasSize(40_001);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void leavesNothingWhenTheSourceFails() throws IOException {
        InputStream failing = new SequenceInputStream(stream("x".repeat(100_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the network went away");
            }
        });
        assertThatThrownBy(() -> contents.put(failing))
                .isInstanceOf(IOException.class)
                .hasMessage("the network went away");
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void removesWhatACrashLeft() throws IOException {
        Files.writeString(site.resolve("contents/unfinished/123"), "half");
        open();
        assertThat(unfinished()).isEmpty();
    }

    /** A limit of the operating system on the size of files stands for a full disk: writing fails in the same place, and to the same code. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsSaidAndLeavesNothing() throws Exception {
        List<String> limited = List.of("bash", "-c", "ulimit -f 1000; exec \"$@\"", "bash");
        Path folder = site.resolve("site");
        try (ChildJava child = ChildJava.start(limited, FillDisk.class, folder.toString())) {
            assertThat(child.line()).startsWith("content: File too large");
            assertThat(child.line()).isEqualTo("unfinished: 0");
            String acknowledged = child.line();
            assertThat(acknowledged).startsWith("rows: ");
            assertThat(child.line()).startsWith("database: org.oncotwin.api.store.StoreException: the database");
            assertThat(child.exitCode()).isZero();
            try (OpenSite opened = OpenSite.in(folder, "")) {
                assertThat("rows: " + opened.database().transact(FillDisk::count))
                        .isEqualTo(acknowledged);
            }
        }
    }

    /** Fills what it may fill: first with a content, then with rows. */
    public static final class FillDisk {

        private FillDisk() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            try (OpenSite site = OpenSite.in(folder, "")) {
                try {
                    site.contents().put(new ByteArrayInputStream(new byte[2_000_000]));
                } catch (IOException failure) {
                    System.out.println("content: " + failure.getMessage());
                }
                try (Stream<Path> files = Files.list(folder.resolve("contents/unfinished"))) {
                    System.out.println("unfinished: " + files.count());
                }
                site.database()
                        .migrate(
                                "test",
                                List.of(new org.oncotwin.api.store.Migration(
                                        1, "rows", "create table test_row (n bigint primary key, t varchar);")));
                int rows = 0;
                try {
                    while (rows < 10_000) {
                        insert(site, rows);
                        rows++;
                    }
                } catch (StoreException failure) {
                    System.out.println("rows: " + rows);
                    System.out.println("database: " + failure);
                }
                Runtime.getRuntime().halt(0);
            }
        }

        private static void insert(OpenSite site, int row) {
            site.database().<Void>transact(connection -> {
                try (var statement = connection.prepareStatement("insert into test_row values (?, ?)")) {
                    byte[] noise = new byte[3000];
                    new java.util.Random(row).nextBytes(noise);
                    statement.setInt(1, row);
                    statement.setString(2, java.util.HexFormat.of().formatHex(noise));
                    statement.executeUpdate();
                    return null;
                }
            });
        }

        static long count(java.sql.Connection connection) throws java.sql.SQLException {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from test_row")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
