package dev.partita.json;

import dev.partita.catalog.Marker;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.step.AdoptPartition;
import dev.partita.step.AlignPartition;
import dev.partita.step.AttachAgain;
import dev.partita.step.AttachIndex;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.CreateIndex;
import dev.partita.step.CreateIndexConcurrently;
import dev.partita.step.CreateIndexOnly;
import dev.partita.step.CreatePartition;
import dev.partita.step.CreateTable;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.DropExclusion;
import dev.partita.step.DropForeignKey;
import dev.partita.step.DropIndexConcurrently;
import dev.partita.step.DropPartition;
import dev.partita.step.ExcludeFromDefault;
import dev.partita.step.Exclusion;
import dev.partita.step.FinalizeDetach;
import dev.partita.step.MarkPartitions;
import dev.partita.step.Mending;
import dev.partita.step.MovePartition;
import dev.partita.step.NewPartition;
import dev.partita.step.ReleasePartition;
import dev.partita.step.RepairPartition;
import dev.partita.step.Rewriting;
import dev.partita.step.Step;
import dev.partita.step.StepVisitor;
import dev.partita.step.StoreElsewhere;
import dev.partita.step.VacuumTable;
import dev.partita.step.ValidateConstraint;
import dev.partita.step.ValidateExclusion;
import dev.partita.table.TableName;
import java.util.Locale;
import java.util.Optional;

/** A step: what all kinds have, then what only its kind has. */
final class StepJson implements StepVisitor<Json> {

    private final Json json;

    private StepJson(Json json) {
        this.json = json;
    }

    static void write(Json json, Step step) {
        json.text("kind", step.accept(KIND));
        NameJson.write(json, "relation", step.relation());
        json.object(
                        "reason",
                        reason -> reason.text("why", word(step.reason().why()))
                                .text("sentence", step.reason().sentence()))
                .objects("locks", step.locks(), (object, lock) -> {
                    NameJson.write(object, "relation", lock.relation());
                    object.text("mode", lock.mode().sql())
                            .flag("blocks_reads", lock.mode().blocksReads())
                            .flag("blocks_writes", lock.mode().blocksWrites());
                })
                .texts("sql", step.script().stream().map(Sql::sql).toList());
        step.accept(new StepJson(json));
    }

    /** The names of the kinds, which scripts rely on. */
    static final StepVisitor<String> KIND = new StepVisitor<>() {
        @Override
        public String createTable(CreateTable step) {
            return "create_table";
        }

        @Override
        public String createIndex(CreateIndex step) {
            return "create_index";
        }

        @Override
        public String createPartition(CreatePartition step) {
            return "create_partition";
        }

        @Override
        public String createFromDefault(CreateFromDefault step) {
            return "create_from_default";
        }

        @Override
        public String excludeFromDefault(ExcludeFromDefault step) {
            return "exclude_from_default";
        }

        @Override
        public String validateExclusion(ValidateExclusion step) {
            return "validate_exclusion";
        }

        @Override
        public String dropExclusion(DropExclusion step) {
            return "drop_exclusion";
        }

        @Override
        public String markPartitions(MarkPartitions step) {
            return "mark_partitions";
        }

        @Override
        public String detachPartition(DetachPartition step) {
            return "detach_partition";
        }

        @Override
        public String detachConcurrently(DetachConcurrently step) {
            return "detach_concurrently";
        }

        @Override
        public String finalizeDetach(FinalizeDetach step) {
            return "finalize_detach";
        }

        @Override
        public String movePartition(MovePartition step) {
            return "move_partition";
        }

        @Override
        public String storeElsewhere(StoreElsewhere step) {
            return "store_elsewhere";
        }

        @Override
        public String adoptPartition(AdoptPartition step) {
            return "adopt_partition";
        }

        @Override
        public String releasePartition(ReleasePartition step) {
            return "release_partition";
        }

        @Override
        public String validateConstraint(ValidateConstraint step) {
            return "validate_constraint";
        }

        @Override
        public String repairPartition(RepairPartition step) {
            return "repair_partition";
        }

        @Override
        public String dropForeignKey(DropForeignKey step) {
            return "drop_foreign_key";
        }

        @Override
        public String dropPartition(DropPartition step) {
            return "drop_partition";
        }

        @Override
        public String alignPartition(AlignPartition step) {
            return "align_partition";
        }

        @Override
        public String attachAgain(AttachAgain step) {
            return "attach_again";
        }

        @Override
        public String createIndexOnly(CreateIndexOnly step) {
            return "create_index_only";
        }

        @Override
        public String createIndexConcurrently(CreateIndexConcurrently step) {
            return "create_index_concurrently";
        }

        @Override
        public String attachIndex(AttachIndex step) {
            return "attach_index";
        }

        @Override
        public String dropIndexConcurrently(DropIndexConcurrently step) {
            return "drop_index_concurrently";
        }

        @Override
        public String vacuumTable(VacuumTable step) {
            return "vacuum_table";
        }

        @Override
        public String rewriting(Rewriting step) {
            return step.words().replace(' ', '_');
        }
    };

    @Override
    public Json createTable(CreateTable step) {
        return divided(step.division());
    }

    @Override
    public Json createIndex(CreateIndex step) {
        return index(step.index(), step.index().name());
    }

    private Json index(IndexDeclaration index, Optional<Identifier> name) {
        return json.object(
                "index",
                object -> object.text("name", NameJson.plain(name))
                        .flag("unique", index.unique())
                        .text("method", index.method())
                        .texts(
                                "columns",
                                index.columns().stream()
                                        .map(column -> column.column().name())
                                        .toList()));
    }

    @Override
    public Json createPartition(CreatePartition step) {
        NameJson.write(json, "parent", step.parent());
        return json.object("partition", object -> new StepJson(object).partition(step.partition()));
    }

    private void partition(NewPartition partition) {
        NameJson.write(json, "name", partition.name());
        BoundJson.write(json, partition.bound(), partition.type());
        partition.divided().ifPresentOrElse(this::divided, () -> json.nothing("divided"));
        json.objects("partitions", partition.children(), (object, child) -> new StepJson(object).partition(child));
    }

    private Json divided(NewPartition.Division division) {
        return json.object(
                "divided",
                object -> object.text("method", word(division.method()))
                        .text("column", division.column().name()));
    }

    @Override
    public Json createFromDefault(CreateFromDefault step) {
        NameJson.write(json, "from", step.fallback());
        json.number("rows", step.counted());
        return createPartition(step.creation());
    }

    @Override
    public Json excludeFromDefault(ExcludeFromDefault step) {
        return exclusion(step.exclusion());
    }

    @Override
    public Json validateExclusion(ValidateExclusion step) {
        return exclusion(step.exclusion());
    }

    private Json exclusion(Exclusion exclusion) {
        json.text("constraint", exclusion.constraint().name());
        BoundJson.write(json, exclusion.range(), exclusion.type());
        return json;
    }

    @Override
    public Json dropExclusion(DropExclusion step) {
        return json.text("constraint", step.constraint().name());
    }

    @Override
    public Json markPartitions(MarkPartitions step) {
        return json.objects("partitions", step.marks(), (object, mark) -> {
            TableName name = mark.partition().name();
            object.text("schema", name.schema().name()).text("name", name.name().name());
        });
    }

    @Override
    public Json detachPartition(DetachPartition step) {
        return parent(step.parent());
    }

    @Override
    public Json detachConcurrently(DetachConcurrently step) {
        return parent(step.parent());
    }

    @Override
    public Json finalizeDetach(FinalizeDetach step) {
        return parent(step.parent());
    }

    @Override
    public Json movePartition(MovePartition step) {
        return json.text("schema", step.schema().name());
    }

    @Override
    public Json storeElsewhere(StoreElsewhere step) {
        return json.text("tablespace", step.tablespace().name());
    }

    @Override
    public Json adoptPartition(AdoptPartition step) {
        return json.flag("attached", step.place().isPresent());
    }

    @Override
    public Json releasePartition(ReleasePartition step) {
        return json.text(
                "because", step.comment().release().map(Marker.Release::because).orElseThrow());
    }

    @Override
    public Json validateConstraint(ValidateConstraint step) {
        return json.text("constraint", step.constraint().name());
    }

    @Override
    public Json repairPartition(RepairPartition step) {
        return json.texts(
                "differs", step.mendings().stream().map(Mending::differs).toList());
    }

    @Override
    public Json dropForeignKey(DropForeignKey step) {
        return json.text("constraint", step.constraint().name());
    }

    @Override
    public Json dropPartition(DropPartition step) {
        return json.text("retired_at", step.partition().comment().marker().instant());
    }

    @Override
    public Json alignPartition(AlignPartition step) {
        return json.texts(
                        "not_null",
                        step.notNull().stream().map(Identifier::name).toList())
                .texts(
                        "checks",
                        step.checks().stream().map(check -> check.name().name()).toList());
    }

    @Override
    public Json attachAgain(AttachAgain step) {
        BoundJson.write(json, step.bound(), step.type());
        return parent(step.parent());
    }

    @Override
    public Json createIndexOnly(CreateIndexOnly step) {
        parent(step.parent());
        return index(step.index(), Optional.of(step.name()));
    }

    @Override
    public Json createIndexConcurrently(CreateIndexConcurrently step) {
        NameJson.write(json, "on", step.partition());
        return index(step.index(), Optional.of(step.name()));
    }

    @Override
    public Json attachIndex(AttachIndex step) {
        NameJson.write(json, "on", step.partition());
        return parent(step.parentIndex());
    }

    @Override
    public Json dropIndexConcurrently(DropIndexConcurrently step) {
        NameJson.write(json, "on", step.partition());
        return json;
    }

    @Override
    public Json vacuumTable(VacuumTable step) {
        return json;
    }

    @Override
    public Json rewriting(Rewriting step) {
        return json;
    }

    private Json parent(TableName parent) {
        NameJson.write(json, "parent", parent);
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
