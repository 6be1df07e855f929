package org.oncotwin.change.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oncotwin.api.change.ChangeState;
import org.oncotwin.api.plugin.PluginIdentity;
import org.oncotwin.api.plugin.PluginKind;
import org.oncotwin.api.store.Migration;

/** Changes in the database. */
final class ChangeTables {

    static final String MODULE = "change";

    static final List<Migration> MIGRATIONS = List.of(
            new Migration(1, "changes", """
            create table change_proposal (
                number bigint primary key,
                combination varchar(64) not null,
                plugin_kind varchar(16) not null,
                plugin_id varchar(100) not null,
                from_version varchar(100) not null,
                from_bundle varchar(200) not null,
                from_sha256 char(64) not null,
                to_version varchar(100) not null,
                to_bundle varchar(200) not null,
                to_sha256 char(64) not null,
                kind varchar(100) not null,
                description varchar(4000) not null,
                plan_sha256 char(64) not null,
                jar char(64) not null,
                supplier varchar(500) not null,
                proposer varchar(64) not null,
                state varchar(16) not null,
                message varchar(4000) not null,
                evidence char(64)
            );
            """),
            new Migration(2, "conformance reports of changes", """
            alter table change_proposal add column conformance_report char(64);
            alter table change_proposal add column conformance_signature char(64);
            """),
            new Migration(3, "another plugin that takes the place of one", """
            alter table change_proposal add column to_id varchar(100);
            update change_proposal set to_id = plugin_id;
            alter table change_proposal alter column to_id set not null;
            """));

    private ChangeTables() {}

    static List<ChangeRow> all(Connection connection) throws SQLException {
        List<ChangeRow> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select * from change_proposal order by number");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rows.add(new ChangeRow(
                        row.getLong("number"),
                        row.getString("combination"),
                        identity(row, "plugin_id", "from"),
                        identity(row, "to_id", "to"),
                        row.getString("kind"),
                        row.getString("description"),
                        row.getString("plan_sha256"),
                        row.getString("jar"),
                        row.getString("supplier"),
                        row.getString("proposer"),
                        ChangeState.valueOf(row.getString("state")),
                        row.getString("message"),
                        Optional.ofNullable(row.getString("evidence")),
                        conformance(row)));
            }
        }
        return rows;
    }

    private static Optional<Conformance> conformance(ResultSet row) throws SQLException {
        String report = row.getString("conformance_report");
        String signature = row.getString("conformance_signature");
        // What is there in part or not at all is not what the audit trail says, if that says something.
        return report == null || signature == null ? Optional.empty() : Optional.of(new Conformance(report, signature));
    }

    private static PluginIdentity identity(ResultSet row, String id, String which) throws SQLException {
        return new PluginIdentity(
                PluginKind.valueOf(row.getString("plugin_kind")),
                row.getString(id),
                row.getString(which + "_version"),
                row.getString(which + "_bundle"),
                row.getString(which + "_sha256"));
    }

    static long nextNumber(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select coalesce(max(number), 0) + 1 from change_proposal");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    static void insert(Connection connection, ChangeRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into change_proposal (number, combination,"
                + " plugin_kind, plugin_id, from_version, from_bundle, from_sha256, to_id, to_version, to_bundle, to_sha256,"
                + " kind, description, plan_sha256, jar, supplier, proposer, state, message, conformance_report,"
                + " conformance_signature) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, row.number());
            String[] texts = {
                row.combination(),
                row.to().kind().name(),
                row.from().id(),
                row.from().version(),
                row.from().bundle(),
                row.from().sha256(),
                row.to().id(),
                row.to().version(),
                row.to().bundle(),
                row.to().sha256(),
                row.kind(),
                row.description(),
                row.plan(),
                row.jar(),
                row.supplier(),
                row.proposer(),
                row.state().name(),
                row.message(),
                row.conformance().map(Conformance::report).orElse(null),
                row.conformance().map(Conformance::signature).orElse(null)
            };
            for (int n = 0; n < texts.length; n++) {
                insert.setString(n + 2, texts[n]);
            }
            insert.executeUpdate();
        }
    }

    static void update(Connection connection, ChangeRow row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update change_proposal set state = ?, message = ?, evidence = ? where number = ?")) {
            update.setString(1, row.state().name());
            update.setString(2, row.message());
            update.setString(3, row.evidence().orElse(null));
            update.setLong(4, row.number());
            update.executeUpdate();
        }
    }
}
