package dev.partita.cli.demo;

import dev.partita.report.Style;
import dev.partita.sql.Sql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The acts in their order. Every number comes from the server, every answer from the command that is shown. */
final class Story {

    private static final int FINE = 0;
    private static final int NEEDS_A_PERSON = 3;

    private final Stage stage;
    private final Style style;
    private final Prompt prompt;
    private final DemoServer server;
    private final long orders;

    Story(Stage stage, Prompt prompt, DemoServer server, long orders) {
        this.stage = stage;
        this.style = stage.style();
        this.prompt = prompt;
        this.server = server;
        this.orders = orders;
    }

    void tell() throws SQLException {
        start();
        try (Shop shop = Shop.open(server)) {
            SalesReport report = new SalesReport(shop.thisMonth().minusMonths(1));
            DeclarationFile file = new DeclarationFile(server.url(), shop.firstMonth());
            fill(shop);
            List<SalesReport.Sales> sales = report.run(shop.connection());
            Measured before = slowReport(shop, report, sales);
            refusal(file);
            migration(shop);
            fastReport(shop, report, sales, before);
            retirement(shop, file);
            future(shop);
        }
    }

    private void start() throws SQLException {
        stage.act("A PostgreSQL of the demo's own is started; nothing of yours is touched.");
        try (Stage.Work work = stage.work("unpacking and starting", Stage.UNKNOWN)) {
            server.start();
        }
        stage.lines("it lives in    " + server.folder(), "look into it:  " + style.strong(server.psql()));
        stage.say("The demo itself needs no psql.");
    }

    private void fill(Shop shop) throws SQLException {
        stage.act("It gets a shop's table with " + Figures.count(orders)
                + " orders, those of the last 24 months up to this moment.");
        Stopwatch watch = Stopwatch.started();
        try (Stage.Work work = stage.work("filling shop.orders", orders)) {
            shop.open(orders, work);
        }
        stage.say(Figures.count(shop.rows(Shop.ORDERS)) + " rows in " + watch
                + "; with primary key and index they take " + Figures.weight(shop.pages(Shop.ORDERS)) + ".");
    }

    private Measured slowReport(Shop shop, SalesReport report, List<SalesReport.Sales> sales) throws SQLException {
        stage.act("The monthly sales report is run: what was sold where in " + words(report.month()) + "?");
        stage.quote(report.sql() + ";");
        stage.lines(sales.stream().map(SalesReport.Sales::line).toArray(String[]::new));
        stage.gap();
        Measured measured = report.measure(shop.connection());
        stage.say("To find that out the server looks at "
                + style.strong(
                        Figures.about(measured.rows()) + " rows on " + Figures.count(measured.pages()) + " pages")
                + " of 8 kB. It plans for " + Figures.millis(measured.planning()) + " and works for "
                + style.strong(Figures.millis(measured.execution()))
                + ": the median of " + SalesReport.RUNS + " runs under EXPLAIN (ANALYZE, BUFFERS).");
        return measured;
    }

    private void refusal(DeclarationFile file) {
        stage.act("partita.yml says how the table is to be divided, and partita is asked what there is to do.");
        write(file.division());
        stage.quote(file.division());
        type(NEEDS_A_PERSON, "plan");
        stage.say("Nothing was changed. partita says what is in the way before it touches anything, and what to do.");
    }

    private void migration(Shop shop) throws SQLException {
        stage.act("The table becomes partitioned while the shop goes on selling.");
        stage.say(
                "What partita remembers of it stands in the database, so that any process can go on where another ended:");
        stage.gap();
        typeForTheResult(FINE, "install");
        Crowd.Done done;
        try (Crowd crowd = new Crowd(server)) {
            stage.say(crowd.words() + ", place, change and cancel orders from now on.");
            stage.gap();
            type(FINE, "migrate start " + Shop.ORDERS);
            done = crowd.stop();
            crowd.compare(shop);
        }
        stage.say("Meanwhile they placed " + Figures.count(done.placed()) + " orders, changed "
                + Figures.count(done.changed()) + ", some into another month, and cancelled "
                + Figures.count(done.cancelled()) + ". No transaction took longer than "
                + style.strong(Figures.millis(done.longest())) + "; " + Figures.count(done.again())
                + " were told to begin anew. Each kept an account of what was confirmed.");
        if (shop.rows(Shop.ORDERS) != orders + done.placed() - done.cancelled()) {
            throw new IllegalStateException("orders were lost or doubled: " + shop.rows(Shop.ORDERS));
        }
        stage.say(style.good("The table says the same as their accounts: not one order was lost, doubled or revived."));
        stage.say(
                "Its primary key is (id, created_at) now. The old table is kept in step, and one word leads back to it.");
    }

    private void fastReport(Shop shop, SalesReport report, List<SalesReport.Sales> sales, Measured before)
            throws SQLException {
        stage.act("The same report is run on the partitioned table.");
        if (!report.run(shop.connection()).equals(sales)) {
            throw new IllegalStateException("the report says something else on the partitioned table");
        }
        Measured after = report.measure(shop.connection());
        stage.lines(new Comparison(before, after, shop.partitions()).lines(style));
        stage.say(
                "It says the same, to the cent. An index on created_at would help this report too, as long as the orders"
                        + " lie in the order of time; but every insert would pay for it, and what is old could still be removed"
                        + " row by row only.");
    }

    private void retirement(Shop shop, DeclarationFile file) throws SQLException {
        stage.act(
                "Orders of the two oldest months are not needed any more. First by DELETE, from the table as it was, which is still there:");
        stage.quote(shop.deletion().stream().map(sql -> sql + ";").collect(Collectors.joining("\n")));
        Removal deleted = Removal.of(shop, Shop.BEFORE, () -> {
            for (Sql statement : shop.deletion()) {
                shop.run(statement);
            }
        });
        stage.say("Nobody wants to go back to it:");
        stage.gap();
        type(FINE, "migrate finish " + Shop.ORDERS);
        stage.say(
                "Then by partita, from the divided one, while a customer looks at orders. partita.yml says how much is kept:");
        write(file.division() + file.retention());
        stage.quote(file.retention());
        Customer.Saw saw;
        Removal retired;
        try (Customer customer = new Customer(server.connect(), shop.look())) {
            retired = Removal.of(shop, Shop.ORDERS, () -> type(FINE, "apply --retire"));
            saw = customer.stop();
        }
        stage.lines(deleted.beside(retired, style));
        stage.say(
                "What was deleted leaves holes for new rows to fill; the table stays as large as it was. While the months were"
                        + " taken out the customer looked " + Figures.count(saw.looks()) + " times and waited for "
                        + Figures.millis(saw.longest())
                        + " at most. For seven days they lie in tables of their own, in case somebody"
                        + " wants them back; then they may be dropped. Your server writes more log than this one, which is not made for"
                        + " power cuts.");
    }

    private void future(Shop shop) throws SQLException {
        stage.act("The months to come have their partitions already.");
        stage.say("An order that is dated the first of next month finds its place:");
        stage.quote(shop.orderOfNextMonth() + ";");
        stage.lines(shop.value(shop.orderOfNextMonth()));
        stage.gap();
        stage.say("All of them, their sizes, how far they reach, what waits, and what comes next:");
        stage.gap();
        type(FINE, "status");
        stage.say("Run every day, partita makes the next partition when its time has come. Until then:");
        stage.gap();
        type(FINE, "apply");
    }

    /** The month as in {@code October 2026}. */
    private static String words(YearMonth month) {
        return month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + month.getYear();
    }

    private void write(String declaration) {
        try {
            Files.writeString(server.declaration(), declaration);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + server.declaration(), e);
        }
    }

    /** Types a command, and shows its answer. */
    private void type(int expected, String command) {
        stage.prompt("partita " + command);
        stage.lines(answer(expected, command).lines().toArray(String[]::new));
        stage.gap();
    }

    /** Types a command, and shows only what its answer comes down to. */
    private void typeForTheResult(int expected, String command) {
        stage.prompt("partita " + command);
        List<String> answer = answer(expected, command).lines().toList();
        stage.lines(answer.get(answer.size() - 1));
        stage.gap();
    }

    private String answer(int expected, String command) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(answer, true, StandardCharsets.UTF_8);
        int code = prompt.run(out, stage.aside(), server.folder(), stage.width(), command.split(" "));
        if (code != expected) {
            throw new IllegalStateException("partita " + command + " ended with " + code + " on the demo's own server");
        }
        return answer.toString(StandardCharsets.UTF_8).strip();
    }
}
