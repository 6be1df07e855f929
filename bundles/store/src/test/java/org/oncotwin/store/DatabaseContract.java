package org.oncotwin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncotwin.api.store.Database;
import org.oncotwin.api.store.Migration;
import org.oncotwin.api.store.StoreException;

/** What every database of a site does. */
abstract class DatabaseContract {

    private static final Migration FIRST = new Migration(
            1,
            "numbers",
            "create table test_number (n bigint not null primary key, t varchar);\ninsert into test_number values (0, 'a;b');\n");

    @TempDir
    Path folder;

    private String url;
    private OpenSite site;
    private Database database;

    /** URL of a new database; empty for the one in the folder. */
    abstract String newDatabase();

    @BeforeEach
    void open() {
        url = newDatabase();
        reopen();
        database.migrate("test", List.of(FIRST));
    }

    private void reopen() {
        if (site != null) {
            site.close();
        }
        site = OpenSite.in(folder.resolve("site"), url);
        database = site.database();
    }

    @AfterEach
    void close() {
        if (site != null) {
            site.close();
        }
    }

    private static Void insert(Connection connection, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into test_number values (?, 'x')")) {
            statement.setLong(1, number);
            statement.executeUpdate();
            return null;
        }
    }

    private List<Long> numbers() {
        return database.transact(DatabaseContract::numbers);
    }

    private static List<Long> numbers(Connection connection) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from test_number order by n")) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private void execute(String sql) {
        database.<Void>transact(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return null;
            }
        });
    }

    @Tag("SR-1401")
    @Test
    void keepsWhatATransactionDid() {
        database.<Void>transact(connection -> insert(connection, 1));
        reopen();
        assertThat(numbers()).containsExactly(0L, 1L);
    }

    @Tag("SR-1401")
    @Test
    void undoesAllWhenTheWorkThrowsAndThrowsTheSame() {
        IllegalStateException thrown = new IllegalStateException("no");
        assertThatThrownBy(() -> database.<Void>transact(connection -> {
                    insert(connection, 1);
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(numbers()).containsExactly(0L);
    }

    @Test
    void saysTheStateButNotTheValuesWhenAStatementIsRefused() {
        execute("insert into test_number values (5, 'Jane Doe')");
        assertThatThrownBy(() -> execute("insert into test_number values (5, 'Jane Doe')"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("23505")
                .hasMessageNotContaining("Jane")
                .hasCauseInstanceOf(SQLException.class);
        execute("insert into test_number values (6, 'x')");
        assertThat(numbers()).containsExactly(0L, 5L, 6L);
    }

    @Test
    void workWithinATransactionIsAPartOfIt() {
        assertThatThrownBy(() -> database.<Void>transact(connection -> {
                    insert(connection, 1);
                    database.<Void>transact(same -> {
                        assertThat(same).isSameAs(connection);
                        return insert(same, 2);
                    });
                    assertThat(numbers(connection)).containsExactly(0L, 1L, 2L);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(numbers()).containsExactly(0L);
    }

    @Tag("SR-1401")
    @Test
    void aFailedPartTakesTheWholeWithItAlsoWhenItsExceptionIsCaught() {
        assertThatThrownBy(() -> database.<Void>transact(connection -> {
                    insert(connection, 1);
                    try {
                        database.<Void>transact(same -> {
                            throw new IllegalStateException("the audit trail refused");
                        });
                    } catch (IllegalStateException caught) {
                        return insert(connection, 2);
                    }
                    return null;
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nothing of it is kept")
                .hasMessageContaining("the audit trail refused");
        assertThat(numbers()).containsExactly(0L);
    }

    @Test
    void actionsFollowTheCommitInOrderAndCanUseTheDatabase() {
        List<String> done = new ArrayList<>();
        database.<Void>transact(connection -> {
            database.afterCommit(() -> done.add("first sees " + numbers()));
            insert(connection, 1);
            database.<Void>transact(same -> {
                database.afterCommit(() -> done.add("second"));
                return null;
            });
            done.add("work");
            return null;
        });
        assertThat(done).containsExactly("work", "first sees [0, 1]", "second");
    }

    @Test
    void actionsDoNotFollowWhatIsUndone() {
        List<String> done = new ArrayList<>();
        assertThatThrownBy(() -> database.<Void>transact(connection -> {
                    database.afterCommit(() -> done.add("no"));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        database.<Void>transact(connection -> null);
        assertThat(done).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> database.afterCommit(() -> {}));
    }

    @Test
    void anActionThatFailsUndoesNothingAndStopsNoOther() {
        List<String> done = new ArrayList<>();
        assertThatThrownBy(() -> database.<Void>transact(connection -> {
                    insert(connection, 1);
                    database.afterCommit(() -> {
                        throw new IllegalStateException("disk full");
                    });
                    database.afterCommit(() -> done.add("other"));
                    return null;
                }))
                .isInstanceOf(StoreException.class)
                .hasMessage("the transaction is kept, but what was to follow it failed: disk full");
        assertThat(done).containsExactly("other");
        assertThat(numbers()).containsExactly(0L, 1L);
    }

    @Tag("SR-1401")
    @Test
    void transactionsOfManyThreadsComeOneAfterTheOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                // Read and write: only right if nobody writes in between.
                tasks.add(() -> database.transact(connection -> insert(
                        connection,
                        1 + numbers(connection).get(numbers(connection).size() - 1))));
            }
            for (Future<Void> future : threads.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(numbers()).hasSize(41).last().isEqualTo(40L);
    }

    @Test
    void aThreadThatIsInterruptedFinishesItsTransaction() {
        database.<Void>transact(connection -> {
            insert(connection, 1);
            Thread.currentThread().interrupt();
            return insert(connection, 2);
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(numbers()).containsExactly(0L, 1L, 2L);
        reopen();
        assertThat(numbers()).containsExactly(0L, 1L, 2L);
    }

    @Tag("SR-1402")
    @Test
    void migratesOnlyOnceAndInOrder() {
        Migration second = new Migration(
                2, "more", "alter table test_number add column extra bigint;\nupdate test_number set extra = n + 1;\n");
        database.migrate("test", List.of(FIRST, second));
        database.migrate("test", List.of(FIRST, second));
        database.migrate(
                "other", List.of(new Migration(1, "own table", "create table other_thing (n bigint primary key);")));
        reopen();
        database.migrate("test", List.of(FIRST, second));
        execute("insert into test_number values (7, 'x', 8)");
        execute("insert into other_thing values (1)");
        assertThat(numbers()).containsExactly(0L, 7L);
    }

    @Tag("SR-1402")
    @Test
    void refusesAMigrationThatWasChanged() {
        assertThatThrownBy(() -> database.migrate(
                        "test",
                        List.of(new Migration(
                                1, FIRST.description(), FIRST.sql().replace("'a;b'", "'a;c'")))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("module test")
                .hasMessageContaining("checksum");
    }

    @Tag("SR-1402")
    @Test
    void refusesTablesOfALaterRelease() {
        database.migrate(
                "test", List.of(FIRST, new Migration(2, "later", "create table test_later (n bigint primary key);")));
        assertThatThrownBy(() -> database.migrate("test", List.of(FIRST)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("2");
    }

    @Test
    void aMigrationThatFailsLeavesNothingAndTheRestGoesOn() {
        Migration wrong = new Migration(
                2,
                "wrong",
                "create table test_half (n bigint primary key);\ninsert into test_half values ('this is no number');\n");
        assertThatThrownBy(() -> database.migrate("test", List.of(FIRST, wrong)))
                .isInstanceOf(StoreException.class);
        execute("insert into test_number values (1, 'x')");
        reopen();
        // Corrected: it is as if it had never been tried.
        database.migrate(
                "test", List.of(FIRST, new Migration(2, "right", "create table test_half (n bigint primary key);")));
        assertThat(numbers()).containsExactly(0L, 1L);
    }

    @Test
    void refusesMigrationsThatAreNotInOrderAndNamesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.migrate("test", List.of(FIRST, FIRST)))
                .withMessageContaining("version");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.migrate("Test; drop", List.of(FIRST)))
                .withMessageContaining("Test; drop");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.migrate("other", List.of(new Migration(1, "../x", "select 1"))))
                .withMessageContaining("description");
        database.<Void>transact(connection -> {
            assertThatIllegalStateException().isThrownBy(() -> database.migrate("other", List.of()));
            return null;
        });
    }

    @Test
    void saysThatItIsClosed() {
        site.close();
        Database closed = database;
        assertThatThrownBy(() -> closed.transact(connection -> 1))
                .isInstanceOf(StoreException.class)
                .hasMessage("the site is closed");
        site = null;
    }
}
