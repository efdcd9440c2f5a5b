package dev.partita.cases;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between rooms and packages. Changing one is a change of the design: say why in {@code docs/design/}. */
class ArchitectureTest {

    private static final String ROOT = "dev.partita";

    /** The packages of the room {@code core}, in the order of the story: each uses only those before it. */
    private static final List<String> STORY = List.of(
            "problem",
            "sql",
            "table",
            "declaration",
            "catalog",
            "step",
            "plan",
            "execution",
            "schedule",
            "adoption",
            "check",
            "migration",
            "query",
            "advice",
            "report");

    /** Every other room, and the rooms it may use beside core. */
    private static final Map<String, Set<String>> ROOMS =
            Map.of("json", Set.of(), "yaml", Set.of(), "test", Set.of(), "cli", Set.of("json", "yaml"));

    /** The doors behind which the database is: the public types of core that speak JDBC. Their helpers stay inside. */
    private static final Set<String> SPEAKS_JDBC = Set.of(
            "dev.partita.Partita",
            "dev.partita.catalog.CatalogReader",
            "dev.partita.catalog.DatabaseClock",
            "dev.partita.catalog.Differences",
            "dev.partita.catalog.PinnedTransaction",
            "dev.partita.catalog.Row",
            "dev.partita.catalog.ServerMessage",
            "dev.partita.catalog.Snapshot",
            "dev.partita.check.CheckReader",
            "dev.partita.execution.Fence",
            "dev.partita.execution.Journal",
            "dev.partita.execution.Lease",
            "dev.partita.execution.InFlight",
            "dev.partita.execution.PlanRunner",
            "dev.partita.execution.StateSchema",
            "dev.partita.migration.MigrationRunner",
            "dev.partita.migration.Migrations");

    /** The database's time decides; the machine's only tells how old a folder of the machine's is. */
    private static final Set<String> READS_THE_MACHINES_CLOCK = Set.of("dev.partita.test.ServerFolder");

    private static final JavaClasses PARTITA = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/target/test-"))
            .importPackages(ROOT);

    @Test
    void eachPackageOfCoreUsesOnlyThoseBeforeIt() {
        for (int place = 0; place < STORY.size(); place++) {
            List<String> later = new ArrayList<>(List.of(ROOT));
            STORY.subList(place + 1, STORY.size()).forEach(name -> later.add(within(name)));
            check(noClasses()
                    .that()
                    .resideInAPackage(within(STORY.get(place)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later.toArray(String[]::new)));
        }
    }

    @Test
    void eachRoomUsesOnlyCoreAndTheRoomsItWasGiven() {
        ROOMS.forEach((room, given) -> check(noClasses()
                .that()
                .resideInAPackage(within(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOMS.keySet().stream()
                        .filter(other -> !other.equals(room) && !given.contains(other))
                        .map(ArchitectureTest::within)
                        .toArray(String[]::new))));
    }

    @Test
    void coreKnowsNeitherTheOtherRoomsNorAnyLibraryButTheLoggingFacadeAndTheNullnessAnnotations() {
        String[] allowed = Stream.concat(
                        Stream.of(ROOT, "java..", "javax.sql..", "org.slf4j..", "org.jspecify.annotations.."),
                        STORY.stream().map(ArchitectureTest::within))
                .toArray(String[]::new);
        check(classes().that(areInCore()).should().onlyDependOnClassesThat().resideInAnyPackage(allowed));
    }

    @Test
    void everyPackageOfCoreHasItsPlaceInTheStory() {
        check(classes()
                .that(areInCore())
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(ROOT), STORY.stream().map(ArchitectureTest::within))
                                .toArray(String[]::new)));
    }

    @Test
    void everyPackageSaysThatNothingInItIsNullUnlessMarked() {
        check(classes().should(resideInANullMarkedPackage()));
    }

    @Test
    void jdbcIsSpokenOnlyBehindTheDoorsThatReadOrRun() {
        check(noClasses()
                .that(are("not a door or a helper behind one", type -> !maySpeakJdbc(type)))
                .and()
                .resideOutsideOfPackages(within("cli"), within("test"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql.."));
    }

    @Test
    void nobodyAsksThisMachineForTheTime() {
        check(noClasses()
                .that(are(
                        "not listed",
                        type -> !READS_THE_MACHINES_CLOCK.contains(
                                outermost(type).getName())))
                .should()
                .accessTargetWhere(describe("the target is the machine's clock", ArchitectureTest::asksForTheTime)));
    }

    /** The rooms {@code cli} and {@code test} open connections, and are not asked. */
    private static boolean maySpeakJdbc(JavaClass type) {
        boolean helper = Set.of(ROOT + ".catalog", ROOT + ".check", ROOT + ".execution", ROOT + ".migration")
                        .contains(type.getPackageName())
                && !outermost(type).getModifiers().contains(JavaModifier.PUBLIC);
        return helper || SPEAKS_JDBC.contains(outermost(type).getName());
    }

    /** Elapsed time by {@code System.nanoTime} is no time of day. */
    private static boolean asksForTheTime(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getName();
        boolean givenAClock = access.getTarget().getFullName().contains("java.time.Clock");
        return owner.getPackageName().equals("java.time") && name.equals("now") && !givenAClock
                || owner.getPackageName().equals("java.time") && (name.startsWith("system") || name.startsWith("tick"))
                || owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis")
                || owner.isEquivalentTo(Date.class)
                        && access.getTarget().getFullName().endsWith("<init>()");
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " of " + type.getName()));
            }
        };
    }

    private static DescribedPredicate<JavaClass> areInCore() {
        return are(
                "in core",
                type -> ROOMS.keySet().stream()
                        .noneMatch(room -> (type.getPackageName() + ".").startsWith(ROOT + "." + room + ".")));
    }

    private static DescribedPredicate<JavaClass> are(String description, Predicate<JavaClass> predicate) {
        return describe("are " + description, predicate);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }

    /** A room or a package that has no class yet breaks no rule. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PARTITA);
    }
}
