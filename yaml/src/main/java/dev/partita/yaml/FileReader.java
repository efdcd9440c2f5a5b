package dev.partita.yaml;

import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file as a whole: its few keys, and a table at a time. */
final class FileReader {

    private static final String VERSION = "1";

    private final Faults faults;

    private FileReader(Faults faults) {
        this.faults = faults;
    }

    static PartitaFile read(String name, Source source) {
        Faults faults = new Faults(name);
        FileReader reader = new FileReader(faults);
        Optional<PartitaFile> file = Document.of(name, source, faults).flatMap(reader::file);
        if (file.isEmpty() && faults.none()) {
            reader.empty(Optional.empty());
        }
        faults.raise();
        return file.orElseThrow(() -> new IllegalStateException("nothing was wrong, and yet there is no declaration"));
    }

    private Optional<PartitaFile> file(Node root) {
        Value whole = new Value("", root, root, faults);
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        Optional<Section> known = whole.section(Keys.FILE);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Section file = known.get();
        file.value(Keys.VERSION).ifPresent(this::version);
        Optional<String> database = file.value(Keys.DATABASE).flatMap(this::database);
        Optional<Section> defaults = file.value(Keys.DEFAULTS)
                .filter(value -> !value.isEmpty())
                .flatMap(value -> value.section(Keys.FOR_ALL));
        Optional<Value> tables = file.value(Keys.TABLES);
        if (tables.isEmpty() || tables.get().isEmpty()) {
            empty(tables);
            return Optional.empty();
        }
        return tables.get().anyKeys().map(section -> new PartitaFile(tables(section, defaults), database));
    }

    private void empty(Optional<Value> tables) {
        Problem problem = Problem.of(
                ProblemCode.DECLARATION_EMPTY,
                "",
                "no table is declared",
                "write tables: with a table below it, or let partita init write what the database has");
        tables.ifPresentOrElse(
                value -> faults.add(value.key(), "", problem), () -> faults.add(Optional.empty(), "", problem));
    }

    private void version(Value value) {
        value.word()
                .filter(word -> !word.equals(VERSION))
                .ifPresent(word -> value.wrong(
                        ProblemCode.VALUE_INVALID,
                        "this partita reads version 1 of the file, not " + word,
                        "write version: 1, or use the partita that the file was written for"));
    }

    private Optional<String> database(Value value) {
        return value.word()
                .flatMap(url -> value.tried(() -> {
                    PartitaFile.requireNoPassword(url);
                    return url;
                }));
    }

    private Declarations tables(Section section, Optional<Section> defaults) {
        if (section.values().isEmpty()) {
            empty(Optional.of(section.self()));
        }
        Defaults forAll = new Defaults(defaults);
        Map<TableName, Value> seen = new HashMap<>();
        List<TableDeclaration> tables = new ArrayList<>();
        section.values().forEach((name, listed) -> {
            Value table = new Value(name, listed.key(), listed.node(), faults);
            Optional<TableName> parsed =
                    new Value(name, listed.key(), listed.key(), faults).tried(() -> TableName.parse(name));
            Optional<Value> first = parsed.map(known -> seen.putIfAbsent(known, table));
            first.ifPresent(other -> faults.add(
                    table.key(),
                    name,
                    Problem.of(
                            ProblemCode.TABLE_DECLARED_TWICE,
                            "",
                            "is the same table as " + other.path() + " in line " + Faults.line(other.key()),
                            "keep one of the two; a name without a schema means public")));
            TableReader.read(parsed.isPresent() ? name : "unknown", table, forAll)
                    .filter(declaration -> parsed.isPresent() && first.isEmpty())
                    .ifPresent(tables::add);
        });
        forAll.checkUnused();
        return new Declarations(tables);
    }
}
