package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.sql.Identifier;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {

    @ParameterizedTest
    @CsvSource({
        "1 month,  {table}_{yyyy}",
        "1 month,  {table}_{MM}",
        "1 month,  {table}_{yyyy}_{dd}",
        "1 quarter, {table}_{yyyy}",
        "1 week,   {table}_{yyyy}_w{ww}",
        "1 day,    {table}_{YYYY}_{MM}_{dd}",
        "1 day,    {table}_{yyyy}_{MM}",
        "1 day,    {table}_{MM}_{dd}",
        "6 hours,  {table}_{yyyy}_{MM}_{dd}",
        "1 hour,   {table}_{yyyy}_{MM}_{HH}",
        "15 minutes, {table}_{yyyy}_{MM}_{dd}_{HH}",
        "7 minutes, {table}_{yyyy}_{MM}_{HH}{mm}",
        "1 year,   {table}_{q}",
    })
    void refusesATemplateThatCallsTwoPeriodsTheSame(String every, String template) {
        assertThatThrownBy(() -> range(every).named(new Naming(template)))
                .hasMessageContaining("the same name")
                .hasMessageContaining("NAME_INVALID");
    }

    @ParameterizedTest
    @CsvSource({
        "1 month,  p{yyyy}{MM}",
        "1 month,  {table}_{yyyy}_{MM}_{dd}",
        "1 week,   {table}_{YYYY}w{ww}",
        "1 week,   {table}_{yyyy}_{MM}_{dd}",
        "1 day,    {table}_{yyyy}_{DDD}",
        "1 hour,   {table}_{yyyy}{MM}{dd}{HH}",
        "15 minutes, {table}_{yyyy}_{MM}_{dd}_{HH}{mm}",
        "1 quarter, {table}_{yyyy}_q{q}",
        "100 years, {table}_{yyyy}",
    })
    void acceptsATemplateThatTellsPeriodsApart(String every, String template) {
        assertThatCode(() -> range(every).named(new Naming(template))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "1 minute",
        "7 minutes",
        "15 minutes",
        "90 minutes",
        "1 hour",
        "6 hours",
        "36 hours",
        "1 day",
        "10 days",
        "1 week",
        "2 weeks",
        "1 month",
        "2 months",
        "1 quarter",
        "1 year",
        "7 years"
    })
    void theUsualNamesTellPeriodsApart(String every) {
        Scheme.Range range = range(every);
        Grid grid = ((Spacing.Time) range.spacing()).on(new TimeAxis.WallClock());
        assertThatCode(() -> range.named(new Naming(grid.defaultName()))).doesNotThrowAnyException();
    }

    private static Scheme.Range range(String every) {
        return Scheme.Range.of(Identifier.of("at"), Spacing.parse(every));
    }

    @Test
    void refusesTokensOfAnotherMethodAndGuessesWhatWasMeant() {
        assertThatThrownBy(() -> range("1 month").named(new Naming("{table}_{yyyy}_{mn}")))
                .hasMessageContaining("{mn} means nothing in the names of periods");
        assertThatThrownBy(() -> range("1 month").named(new Naming("{table}_{yyy}_{MM}")))
                .hasMessageContaining("did you mean {yyyy}?");
        assertThatThrownBy(() -> range("1000").named(new Naming("{table}_{yyyy}")))
                .hasMessageContaining("{yyyy} means nothing in the names of ranges of numbers");
        assertThatThrownBy(() -> Scheme.Hash.of(Identifier.of("id"), 4).named(new Naming("{table}_{modulus}")))
                .hasMessageContaining("gives all partitions of a hash the same name");
    }

    @Test
    void refusesBracesThatStandAlone() {
        assertThatThrownBy(() -> new Naming("{table}_{yyyy")).hasMessageContaining("a brace that stands alone");
        assertThatThrownBy(() -> new Naming("{{table}}_{yyyy}")).hasMessageContaining("a brace that stands alone");
    }

    @Test
    void namesOfALowerLevelHoldTheirParents() {
        Scheme.Hash hash = Scheme.Hash.of(Identifier.of("id"), 4).named(new Naming("h_{remainder}"));
        assertThatThrownBy(() -> range("1 month").thenBy(hash))
                .hasMessageContaining("gives partitions of different parents the same name");
    }

    @Test
    void longNamesStayWithin63BytesAndApartEvenWhenTheTableComesTwice() {
        Set<Identifier> names = new HashSet<>();
        for (String template : new String[] {"{table}_{n}", "{table}_{n}_{table}", "x{n}".repeat(20), "é{n}é{table}"}) {
            for (String table : new String[] {"é".repeat(31), "a".repeat(63), "a".repeat(62) + "b", "a".repeat(62)}) {
                for (String n : new String[] {"1", "2", "2024_01_15_09p0100"}) {
                    names.add(new Naming(template + table.length()).name(Identifier.of(table), token -> n));
                }
            }
        }
        assertThat(names)
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(Identifier.bytes(name.name())).isLessThanOrEqualTo(63));
    }
}
