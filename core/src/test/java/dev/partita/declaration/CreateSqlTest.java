package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateSqlTest {

    @Test
    void leavesNothingBehindTheColumnsThatWouldSwallowWhatComesNext() {
        CreateSql create =
                new CreateSql("-- orders\nCREATE TABLE shop.orders (id int, -- the id\n at date) -- end;\n ; ");
        assertThat(create.sql()).isEqualTo("CREATE TABLE shop.orders (id int, -- the id\n at date)");
        assertThat(create.table(Identifier.of("public"))).isEqualTo(TableName.of("shop", "orders"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "create table orders (a int) | public.orders",
                "create table if not exists \"My Shop\".\"Or(d;ers\" (a int) | `\"My Shop\".\"Or(d;ers\"`",
                "CREATE /* ; */ TABLE Shop.Orders(a int default (1 + (2))) | shop.orders",
                "create table t (a text default ';)' check (a <> E'\\'); --')) | public.t",
                "create table t (a text default $x$ ); drop table t; $x$) | public.t",
                "create table t (a date default date'2020-01-01\\') | public.t",
                "create table a$x$ (b int) | `public.\"a$x$\"`",
            })
    void knowsTheTable(String sql, String table) {
        assertThat(new CreateSql(sql).table(Identifier.of("public"))).hasToString(table);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a int); drop table u",
                "create table t (a int); ; x",
                "create table a$x$ (i int); drop table y; -- $x$",
                "create table t (a int) -- x\rpartition by range (a)",
                "create table t (a text default date'\\'); drop table u; --')",
            })
    void seesEveryStatementThatPostgresWouldSee(String sql) {
        assertThatThrownBy(() -> new CreateSql(sql)).hasMessageContaining("CREATE_SQL_INVALID");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drop table t | is not a CREATE TABLE",
                "create unlogged table t (a int) | is not a CREATE TABLE",
                "create table t as select 1 | is not a CREATE TABLE",
                "create table t as select (1) | has no table's name",
                "create table t (a int) partition by range (a) | says PARTITION BY",
                "create table t partition of u for values in (1) | says PARTITION BY or PARTITION OF",
                "create table t (a int) with (fillfactor = 70) | goes on after its list of columns: with (fillfactor = 70)",
                "create table t (a int | does not close its list of columns",
                "create table t (a text default 'x) | does not close a quote",
                "create table t (a text default $$x) | does not close a dollar quote",
                "create table t (a int /* /* */ ) | does not close a comment",
            })
    void saysWhatIsWrong(String sql, String message) {
        assertThatThrownBy(() -> new CreateSql(sql)).hasMessageContaining(message);
    }

    @Test
    void aNameWithoutASchemaMeansTheDeclaredOne() {
        TableDeclaration orders = TableDeclaration.table("shop.orders")
                .range("at")
                .every("1 month")
                .create("create table orders (at date)")
                .build();
        assertThat(orders.create()).contains(new CreateSql("create table orders (at date)"));
    }

    @Test
    void isForItsOwnTable() {
        assertThatThrownBy(() -> TableDeclaration.table("shop.orders")
                        .range("at")
                        .every("1 month")
                        .create("create table public.orders (at date)")
                        .build())
                .hasMessageContaining("create: the statement creates public.orders, not shop.orders");
    }
}
