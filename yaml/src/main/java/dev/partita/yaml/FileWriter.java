package dev.partita.yaml;

import dev.partita.declaration.Ahead;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.Encoding;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.LeafOptions;
import dev.partita.declaration.LevelKey;
import dev.partita.declaration.ListPartition;
import dev.partita.declaration.Naming;
import dev.partita.declaration.Period;
import dev.partita.declaration.Restraint;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.Stretch;
import dev.partita.declaration.TableDeclaration;
import dev.partita.problem.PartitaException;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes declarations as people would: what is usual is left out, short things stand on one line. */
final class FileWriter {

    private static final int MOST_ON_ONE_LINE = 4;
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\u2028\\u2029\\ufffe\\uffff]");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Z}&&[^ ]]");

    /** The emitter indents blank lines. */
    private static final Pattern BLANK_LINE = Pattern.compile("(?m)^ +$");

    private static final DumpSettings LAYOUT = DumpSettings.builder()
            .setSchema(new PlainCoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDumpComments(true)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(120)
            .setSplitLines(false)
            .setMaxSimpleKeyLength(1_000)
            .setUseUnicodeEncoding(true)
            .build();

    private final Function<TableName, List<String>> comments;

    FileWriter(Function<TableName, List<String>> comments) {
        this.comments = comments;
    }

    String write(PartitaFile file) {
        Keyed tables = new Keyed();
        for (TableDeclaration table : file.declarations().tables()) {
            tables.put(headed(table.name(), tables.size() == 0), table(table));
        }
        Keyed root = new Keyed().put(Keys.VERSION, "1");
        file.database().ifPresent(url -> root.put(Keys.DATABASE, url));
        root.put(Keys.TABLES, tables.block());
        Serialize serialize = new Serialize(LAYOUT);
        String yaml = new Present(LAYOUT)
                .emitToString(serialize.serializeOne(root.block()).iterator());
        return BLANK_LINE.matcher(yaml).replaceAll("");
    }

    /** The table's name with a blank line and its comments above it. */
    private ScalarNode headed(TableName table, boolean first) {
        ScalarNode key = word(table.written());
        List<CommentLine> lines = new ArrayList<>();
        if (!first) {
            lines.add(new CommentLine(Optional.empty(), Optional.empty(), "", CommentType.BLANK_LINE));
        }
        for (String comment : comments.apply(table)) {
            for (String line : comment.split("\\R", -1)) {
                lines.add(comment(line));
            }
        }
        key.setBlockComments(lines);
        return key;
    }

    /** A comment ends with its line, whatever is in it. */
    private static CommentLine comment(String line) {
        String printable = UNPRINTABLE
                .matcher(line)
                .replaceAll(
                        match -> String.format("\\\\u%04x", (int) match.group().charAt(0)));
        return new CommentLine(Optional.empty(), Optional.empty(), " " + printable, CommentType.BLOCK);
    }

    private static Node table(TableDeclaration table) {
        Keyed keys = new Keyed();
        table.create().ifPresent(create -> keys.put(Keys.CREATE, literal(create.sql())));
        level(keys, table.scheme());
        retention(keys, table.retention());
        indexes(keys, Keys.INDEXES, table.indexes());
        indexes(keys, Keys.LEAF_INDEXES, table.leafIndexes());
        leaf(keys, table.leaf());
        // the levels below come last: they are the longest
        table.scheme().then().ifPresent(then -> keys.put(LevelKey.THEN_BY, below(then)));
        return keys.block();
    }

    private static Node below(Scheme scheme) {
        Keyed keys = new Keyed();
        level(keys, scheme);
        scheme.then().ifPresent(then -> keys.put(LevelKey.THEN_BY, below(then)));
        return keys.block();
    }

    private static void level(Keyed keys, Scheme scheme) {
        keys.put(scheme.method().word(), scheme.column().written());
        scheme.accept(new Scheme.Visitor<Keyed>() {
            @Override
            public Keyed range(Scheme.Range range) {
                spacing(keys, range.spacing());
                if (!range.ahead().equals(Ahead.USUAL)) {
                    keys.put(LevelKey.AHEAD, range.ahead().toString());
                }
                return fallback(keys, range.fallback(), DefaultPartition.NONE);
            }

            @Override
            public Keyed values(Scheme.Values values) {
                keys.put(LevelKey.PARTITIONS, partitions(values.partitions()));
                return fallback(keys, values.fallback(), DefaultPartition.ALERT);
            }

            @Override
            public Keyed hash(Scheme.Hash hash) {
                return keys.put(LevelKey.PARTITIONS, Integer.toString(hash.partitions()));
            }
        });
        scheme.naming().map(Naming::template).ifPresent(template -> keys.put(LevelKey.NAME, template));
    }

    private static void spacing(Keyed keys, Spacing spacing) {
        if (spacing instanceof Spacing.Time time) {
            keys.put(LevelKey.EVERY, time.every());
            if (!time.zone().equals(Spacing.Time.UTC)) {
                keys.put(LevelKey.ZONE, time.zone().getId());
            }
            time.anchor().ifPresent(anchor -> keys.put(LevelKey.ANCHOR, local(anchor)));
            encoding(keys, time.encoding());
            time.oldest().ifPresent(oldest -> keys.put(LevelKey.FROM, local(oldest)));
            earlier(keys, time.before().stream().map(Period::toString).toList());
        } else if (spacing instanceof Spacing.Numbers numbers) {
            keys.put(LevelKey.EVERY, number(numbers.step()));
            if (numbers.anchor().signum() != 0) {
                keys.put(LevelKey.ANCHOR, number(numbers.anchor()));
            }
            if (numbers.cursor() != Spacing.Cursor.KEY) {
                keys.put(LevelKey.CURSOR, numbers.cursor().word());
            }
            numbers.oldest().ifPresent(oldest -> keys.put(LevelKey.FROM, number(oldest)));
            earlier(keys, numbers.before().stream().map(FileWriter::number).toList());
        }
    }

    private static String local(LocalDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? time.toLocalDate().toString()
                : time.toString();
    }

    /** Digits in groups of three where there are many. */
    private static String number(BigDecimal number) {
        String[] parts = number.toPlainString().split("\\.");
        String whole = parts[0].length() > 4 ? parts[0].replaceAll("(?<=\\d)(?=(\\d{3})+$)", "_") : parts[0];
        return parts.length == 1 ? whole : whole + "." + parts[1];
    }

    private static void encoding(Keyed keys, Encoding encoding) {
        if (encoding instanceof Encoding.Snowflake snowflake) {
            Keyed clock = new Keyed().put("epoch", snowflake.epoch().toString());
            if (snowflake.shift() != Encoding.Snowflake.USUAL_SHIFT) {
                clock.put("shift", Integer.toString(snowflake.shift()));
            }
            keys.put(
                    LevelKey.ENCODING,
                    new Keyed().put(snowflake.word(), clock.flow()).flow());
        } else if (!encoding.equals(Encoding.NATIVE)) {
            keys.put(LevelKey.ENCODING, encoding.word());
        }
    }

    private static Keyed fallback(Keyed keys, DefaultPartition fallback, DefaultPartition usual) {
        if (fallback.equals(usual)) {
            return keys;
        }
        String word = fallback.policy() == DefaultPartition.Policy.ACCEPT && !fallback.equals(DefaultPartition.ACCEPT)
                ? fallback.suffix()
                : fallback.policy().word();
        return reads(word, fallback)
                ? keys.put(LevelKey.DEFAULT, word)
                : keys.put(
                        LevelKey.DEFAULT,
                        new Keyed()
                                .put("policy", fallback.policy().word())
                                .put("name", fallback.suffix())
                                .flow());
    }

    private static boolean reads(String word, DefaultPartition meant) {
        try {
            return DefaultPartition.parse(word).equals(meant);
        } catch (PartitaException e) {
            return false; // a name that could be taken for a policy
        }
    }

    private static Node partitions(List<ListPartition> partitions) {
        Keyed names = new Keyed();
        partitions.forEach(partition -> names.put(
                word(partition.name()),
                list(partition.values().stream().map(FileWriter::value).toList())));
        return partitions.size() <= MOST_ON_ONE_LINE ? names.flow() : names.block();
    }

    private static Node value(ListValue value) {
        String text = value.text();
        if (text == null) {
            return new ScalarNode(Tag.NULL, "null", ScalarStyle.PLAIN);
        }
        boolean plainly = text.matches("true|false|0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\\.[0-9]+");
        return plainly ? word(text) : text(text);
    }

    private static void retention(Keyed keys, Retention retention) {
        if (retention instanceof Retention.Limited limited) {
            keys.put(Keys.KEEP, limited.keep().toString());
            if (!(limited.then() instanceof Retention.Then.Detach)) {
                keys.put(Keys.THEN, limited.then().toString());
            }
            limited.grace()
                    .filter(grace -> !grace.equals(Retention.USUAL_GRACE))
                    .ifPresent(grace -> keys.put(Keys.GRACE, grace.toString()));
            if (limited.retire() != Retention.Retire.ASK) {
                keys.put(Keys.RETIRE, limited.retire().word());
            }
            restraint(keys, limited.restraint());
        }
    }

    private static void earlier(Keyed keys, List<String> widths) {
        if (!widths.isEmpty()) {
            keys.put(
                    LevelKey.EARLIER,
                    list(widths.stream().<Node>map(FileWriter::word).toList()));
        }
    }

    private static void restraint(Keyed keys, Restraint restraint) {
        if (restraint.untilReleased()) {
            keys.put(Keys.DROP, Retention.Drop.WHEN_RELEASED.words());
        }
        restraint.window().ifPresent(window -> keys.put(Keys.RETIRE_WINDOW, window.toString()));
        if (!restraint.pins().isEmpty()) {
            keys.put(
                    Keys.PINS,
                    list(restraint.pins().stream()
                            .map(Stretch::toString)
                            .<Node>map(FileWriter::word)
                            .toList()));
        }
        if (!restraint.unless().isEmpty()) {
            Keyed unless = new Keyed();
            restraint
                    .unless()
                    .forEach(each -> unless.put(
                            each.column().written(),
                            list(each.values().stream().map(FileWriter::value).toList())));
            keys.put(Keys.UNLESS, unless.flow());
        }
    }

    private static void indexes(Keyed keys, String key, List<IndexDeclaration> indexes) {
        boolean short_ = indexes.size() <= MOST_ON_ONE_LINE && indexes.stream().allMatch(IndexDeclaration::plain);
        if (!indexes.isEmpty()) {
            List<Node> items = indexes.stream().map(FileWriter::index).toList();
            keys.put(key, new SequenceNode(Tag.SEQ, items, short_ ? FlowStyle.FLOW : FlowStyle.BLOCK));
        }
    }

    private static Node index(IndexDeclaration index) {
        List<Node> columns = index.columns().stream()
                .map(IndexDeclaration.Column::toString)
                .<Node>map(FileWriter::word)
                .toList();
        Node listed = columns.size() == 1 ? columns.get(0) : list(columns);
        if (index.plain()) {
            return listed;
        }
        Keyed keys = new Keyed().put("columns", listed);
        index.name().ifPresent(name -> keys.put("name", name.written()));
        if (index.unique()) {
            keys.put("unique", "true");
        }
        if (!index.method().equals(IndexDeclaration.BTREE)) {
            keys.put("using", index.method());
        }
        if (!index.include().isEmpty()) {
            keys.put(
                    "include",
                    list(index.include().stream()
                            .map(Identifier::written)
                            .<Node>map(FileWriter::word)
                            .toList()));
        }
        index.newest().ifPresent(newest -> keys.put("newest", newest.toString()));
        return keys.flow();
    }

    private static void leaf(Keyed keys, LeafOptions leaf) {
        if (leaf.equals(LeafOptions.NONE)) {
            return;
        }
        Keyed options = new Keyed();
        leaf.storage().forEach(options::put);
        leaf.tablespace().ifPresent(name -> options.put(Keys.TABLESPACE, name.written()));
        keys.put(Keys.LEAF, options.size() <= MOST_ON_ONE_LINE ? options.flow() : options.block());
    }

    private static Node list(List<Node> items) {
        return new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
    }

    /** A word that is read as it is written, whatever type YAML sees in it: in quotes only where it needs them. */
    private static ScalarNode word(String text) {
        Tag tag = LAYOUT.getSchema().getScalarResolver().resolve(text, true);
        return tag.equals(Tag.NULL) ? text(text) : new ScalarNode(tag, text, style(text));
    }

    /** A text that YAML must not take for anything else. */
    private static ScalarNode text(String text) {
        return new ScalarNode(Tag.STR, text, style(text));
    }

    /** What nobody sees is escaped; the emitter would write line breaks of other alphabets as they are. */
    private static ScalarStyle style(String text) {
        return UNSEEN.matcher(text).find() ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
    }

    private static Node literal(String text) {
        boolean unseen =
                UNSEEN.matcher(text.replace("\n", "").replace("\t", "")).find();
        return new ScalarNode(Tag.STR, text + "\n", unseen ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.LITERAL);
    }

    /** Keys and values on the way to a mapping. */
    private static final class Keyed {

        private final List<NodeTuple> tuples = new ArrayList<>();

        Keyed put(LevelKey key, String value) {
            return put(key.word(), value);
        }

        Keyed put(LevelKey key, Node value) {
            return put(key.word(), value);
        }

        Keyed put(String key, String value) {
            return put(key, word(value));
        }

        Keyed put(String key, Node value) {
            return put(word(key), value);
        }

        Keyed put(ScalarNode key, Node value) {
            tuples.add(new NodeTuple(key, value));
            return this;
        }

        int size() {
            return tuples.size();
        }

        Node block() {
            return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
        }

        Node flow() {
            return new MappingNode(Tag.MAP, tuples, FlowStyle.FLOW);
        }
    }
}
