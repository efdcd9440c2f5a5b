package dev.partita.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, and hands those that work their console. */
final class Commands implements IFactory {

    private final Console console;
    private final IFactory others = CommandLine.defaultFactory();

    Commands(Console console) {
        this.console = console;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        try {
            return type.getDeclaredConstructor(Console.class).newInstance(console);
        } catch (NoSuchMethodException e) {
            return others.create(type);
        }
    }
}
