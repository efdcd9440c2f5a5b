package dev.partita.benchmarks;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Runs all measurements one after the other and writes their figures down. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Measures.
     *
     * @param arguments {@code key=value}, see {@link Setting}
     */
    public static void main(String[] arguments) throws Exception {
        Setting setting = Setting.of(arguments);
        List<Figure> figures = new ArrayList<>();
        for (boolean withDefault : List.of(false, true)) {
            if (setting.wants("idle") || setting.wants("create") || setting.wants("readers")) {
                try (Beside beside = new Beside(setting, withDefault)) {
                    figures.addAll(beside.figures());
                }
            }
        }
        if (setting.wants("large")) {
            figures.addAll(new LargeTable(setting).figures());
        }
        if (setting.wants("retire")) {
            figures.addAll(new Retiring(setting, false).figures());
            figures.addAll(new Retiring(setting, true).figures());
        }
        if (setting.wants("remove")) {
            figures.addAll(new Removing(setting).figures());
        }
        if (setting.wants("index")) {
            figures.addAll(new OnlineIndex(setting).figures());
        }
        if (setting.wants("check")) {
            figures.addAll(new CheckOfMany(setting).figures());
        }
        if (setting.wants("process")) {
            figures.addAll(new WholeProcess(setting).figures());
        }
        if (setting.wants("migrate")) {
            figures.addAll(new Migrating(setting).figures());
        }
        String page = Page.of(Files.readAllLines(setting.work().resolve("machine")), figures);
        System.out.println(page);
        if (setting.complete()) {
            Page.paste(page, setting.root().resolve("docs/reference/benchmarks.md"));
        }
    }
}
