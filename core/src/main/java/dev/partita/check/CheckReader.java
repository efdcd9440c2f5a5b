package dev.partita.check;

import dev.partita.adoption.AdoptedTable;
import dev.partita.adoption.Adoption;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogReader;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Differences;
import dev.partita.catalog.PinnedTransaction;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TableDeclaration;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at every partitioned table of a database, with the same few queries whatever their number, and changes nothing.
 *
 * <p>Nobody's lock on a partition makes it wait, and nobody waits for it. Works on a standby.
 */
public final class CheckReader {

    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(200);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

    /** So many partitions that seem empty are looked into. */
    private static final int MOST_LOOKED_INTO = 200;

    private final Thresholds thresholds;
    private final boolean scan;
    private final Set<TableName> only;
    private final Optional<Identifier> role;

    private CheckReader(Thresholds thresholds, boolean scan, Set<TableName> only, Optional<Identifier> role) {
        this.thresholds = thresholds;
        this.scan = scan;
        this.only = Set.copyOf(only);
        this.role = role;
    }

    /** All tables, with cheap looks only. */
    public static CheckReader with(Thresholds thresholds) {
        return new CheckReader(thresholds, false, Set.of(), Optional.empty());
    }

    /** The same, and the rows of DEFAULT partitions are counted: each is read once, for as long as it takes. */
    public CheckReader scanning() {
        return new CheckReader(thresholds, true, only, role);
    }

    /** The same for some tables; none means all. */
    public CheckReader only(Collection<TableName> tables) {
        return new CheckReader(thresholds, scan, Set.copyOf(tables), role);
    }

    /** The same, and what a role lacks for partita's work. */
    public CheckReader forRole(Identifier otherRole) {
        return new CheckReader(thresholds, scan, only, Optional.of(otherRole));
    }

    /**
     * Looks.
     *
     * @param connection outside of a transaction; it is left as it was found
     * @param now the present, by the database's clock
     * @throws PartitaException TABLE_UNKNOWN if one of the tables asked for is not there
     * @throws SQLException when the server fails as a whole
     */
    public Check read(Connection connection, Instant now) throws SQLException {
        return Check.of(look(connection, now), thresholds);
    }

    /** Everything that a check is made from. */
    CheckFacts look(Connection connection, Instant now) throws SQLException {
        CatalogReader reader = new CatalogReader();
        Catalog catalog = chosen(reader.discover(connection));
        Adoption adoption = Adoption.untried(catalog, now);
        List<TableDeclaration> numbers = adoption.declarations().tables().stream()
                .filter(table -> counts(table.scheme()))
                .toList();
        Catalog complete = numbers.isEmpty() ? catalog : merged(catalog, reader.read(connection, numbers));
        try (PinnedTransaction transaction = PinnedTransaction.begin(connection, LOCK_TIMEOUT, STATEMENT_TIMEOUT)) {
            return facts(new Question(connection), complete, adoption, numbers, now);
        }
    }

    private Catalog chosen(Catalog catalog) {
        if (only.isEmpty()) {
            return catalog;
        }
        List<Problem> unknown = only.stream()
                .filter(name -> catalog.table(name).isEmpty())
                .sorted()
                .map(name -> Problem.of(
                        ProblemCode.TABLE_UNKNOWN,
                        name.sql(),
                        "the database has no partitioned table of this name that is no partition itself",
                        "partita check without --table shows those that it has"))
                .toList();
        if (!unknown.isEmpty()) {
            throw new PartitaException(unknown);
        }
        return new Catalog(
                catalog.server(),
                catalog.tables().entrySet().stream()
                        .filter(entry -> only.contains(entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                catalog.answers());
    }

    /** The same tables, those of numbers as they were read for their cursor. */
    private static Catalog merged(Catalog catalog, Catalog numbers) {
        Map<TableName, CatalogTable> tables = new HashMap<>(catalog.tables());
        tables.putAll(numbers.tables());
        return new Catalog(catalog.server(), tables, catalog.answers());
    }

    /** Whether some level moves with numbers rather than with the clock. */
    private static boolean counts(Scheme scheme) {
        return Stream.iterate(Optional.of(scheme), Optional::isPresent, level -> level.flatMap(Scheme::then))
                .map(Optional::orElseThrow)
                .anyMatch(level -> level instanceof Scheme.Range range && range.spacing() instanceof Spacing.Numbers);
    }

    private CheckFacts facts(
            Question question, Catalog catalog, Adoption adoption, List<TableDeclaration> numbers, Instant now)
            throws SQLException {
        question.readOnly();
        Set<Long> all = new HashSet<>();
        for (CatalogTable table : catalog.tables().values()) {
            all.add(table.oid());
            table.tree().map(CatalogPartition::oid).forEach(all::add);
        }
        Map<Long, Relation> relations = question.relations(all);
        Map<Long, String> holders = question.holders(all);
        Differences differences =
                Differences.of(question.connection(), catalog.tables().values());
        CheckFacts cheap = new CheckFacts(
                now,
                catalog,
                adoption.tables().stream().collect(Collectors.toMap(AdoptedTable::name, table -> table)),
                question.limits(),
                relations,
                differences.leaves(),
                differences.drift(),
                Map.of(),
                Map.of(),
                perDay(question, catalog, numbers),
                role.isPresent()
                        ? Optional.of(question.role(
                                role.get(),
                                catalog.tables().values().stream()
                                        .map(CatalogTable::oid)
                                        .toList()))
                        : Optional.empty(),
                holders,
                Map.of());
        Looks looks = new Looks(question, holders);
        Map<Long, Leaked.Counted> counted = new HashMap<>();
        Map<Long, Looked> looked = looks.into(worthALook(cheap));
        if (scan) {
            counted.putAll(new Scan(question, cheap, looked).counted());
        }
        return cheap.with(looked, counted).withZones(ZoneDifference.all(question, cheap));
    }

    /** DEFAULT partitions, and what lies in the past and seems to hold nothing. */
    private static List<CatalogPartition> worthALook(CheckFacts facts) {
        Set<CatalogPartition> wanted = new LinkedHashSet<>();
        Set<CatalogPartition> maybeEmpty = new LinkedHashSet<>();
        for (CatalogTable table : facts.catalog().tables().values()) {
            for (Branch branch : facts.branches(table)) {
                branch.fallback().ifPresent(wanted::add);
                Volumes.past(branch, table, facts).stream()
                        .filter(partition -> partition.kind() == RelationKind.TABLE
                                && partition.pages() == 0
                                && partition.estimatedRows() <= 0)
                        .forEach(maybeEmpty::add);
            }
        }
        maybeEmpty.stream().limit(MOST_LOOKED_INTO).forEach(wanted::add);
        return List.copyOf(wanted);
    }

    private static Map<TableName, Double> perDay(Question question, Catalog catalog, List<TableDeclaration> numbers)
            throws SQLException {
        Map<TableName, Double> perDay = new HashMap<>();
        for (TableDeclaration declaration : numbers) {
            Optional<CatalogTable> table = catalog.table(declaration.name());
            if (table.isPresent()) {
                question.insertsPerDay(
                                table.get().leaves().map(CatalogPartition::oid).toList())
                        .ifPresent(rate -> perDay.put(declaration.name(), rate));
            }
        }
        return perDay;
    }
}
