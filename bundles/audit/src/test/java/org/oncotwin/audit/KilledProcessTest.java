package org.oncotwin.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.audit.AuditCheck;
import org.oncotwin.api.audit.AuditEvent;
import org.oncotwin.api.store.Migration;
import org.oncotwin.store.ChildJava;
import org.oncotwin.store.OpenSite;
import org.oncotwin.store.PostgreSqlCluster;

/** What was acknowledged is there after kill -9, and the audit trail is right. */
@Tag("SR-1305")
class KilledProcessTest {

    private static final int KILLS = 20;
    private static final long SEED = 20_261_123;

    @TempDir
    Path folder;

    @Test
    void losesNothingInTheFolder() throws Exception {
        killAgainAndAgain("");
    }

    @Test
    void losesNothingOnPostgreSql() throws Exception {
        killAgainAndAgain(PostgreSqlCluster.required().newDatabase());
    }

    private void killAgainAndAgain(String url) throws Exception {
        Random random = new Random(SEED);
        List<String> acknowledged = new ArrayList<>();
        Path path = folder.resolve("site");
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJava child = ChildJava.start(Writer.class, path.toString(), url)) {
                // Some are killed while they open the site, the first of them while it makes the tables.
                int lines = kill % 5 == 0 ? 1 : 2 + random.nextInt(60);
                for (int i = 0; i < lines; i++) {
                    String line = child.line();
                    assertThat(line).isNotNull();
                    acknowledged.add(line);
                }
                // Lines on their way were acknowledged as well.
                acknowledged.addAll(child.kill());
            }
            acknowledged.removeIf("opening"::equals);
            check(path, url, acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    }

    private static void check(Path path, String url, List<String> acknowledged) throws IOException {
        try (OpenSite site = OpenSite.in(path, url)) {
            site.database().migrate("deed", Writer.TABLES);
            ChainedAuditTrail trail = new ChainedAuditTrail(site.database(), site.folder());
            List<String> kept = site.database().transact(Writer::kept);
            assertThat(kept).containsAll(acknowledged);
            for (String sha256 : kept) {
                assertThat(site.contents().file(sha256)).isRegularFile();
            }
            AuditCheck check = trail.verify();
            assertThat(check.faults()).isEmpty();
            // Each row with its entry, or neither.
            assertThat(check.entries()).isEqualTo(kept.size());
        }
    }

    /** Keeps a content, then a row and an audit entry about it in one transaction, says so, and goes on until it is killed. */
    public static final class Writer {

        static final List<Migration> TABLES = List.of(
                new Migration(
                        1, "deeds", "create table deed (n bigint not null primary key, sha256 varchar(64) not null);"),
                new Migration(
                        2,
                        "reasons",
                        "alter table deed add column reason varchar;\ncreate index deed_reason on deed (reason);"));

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("opening");
            try (OpenSite site = OpenSite.in(Path.of(arguments[0]), arguments[1])) {
                site.database().migrate("deed", TABLES);
                ChainedAuditTrail trail = new ChainedAuditTrail(site.database(), site.folder());
                long next = trail.last().orElse(0) + 1;
                while (next > 0) {
                    System.out.println(write(site, trail, next));
                    next++;
                }
            }
        }

        private static String write(OpenSite site, ChainedAuditTrail trail, long number) throws IOException {
            byte[] content =
                    ("content " + number + " ").repeat((int) (number % 500) + 1).getBytes(StandardCharsets.US_ASCII);
            String sha256 = site.contents().put(new ByteArrayInputStream(content));
            site.database().<Void>transact(connection -> {
                try (var statement = connection.prepareStatement("insert into deed values (?, ?, 'why')")) {
                    statement.setLong(1, number);
                    statement.setString(2, sha256);
                    statement.executeUpdate();
                }
                trail.append(new AuditEvent("system", "deed.do", "deed " + number, "", sha256, ""));
                return null;
            });
            return sha256;
        }

        static List<String> kept(Connection connection) throws SQLException {
            List<String> kept = new ArrayList<>();
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select sha256 from deed order by n")) {
                while (rows.next()) {
                    kept.add(rows.getString(1));
                }
            }
            return kept;
        }
    }
}
